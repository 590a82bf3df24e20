import * as pulumi from "@pulumi/pulumi";
import { formatTraffic } from "../rollout/weights";
import { readLive } from "./context";
import type { RolloutContext } from "./context";
import { cureFor } from "./cure";
import type { LogTail } from "./deploymentLog";
import type { EndpointPath } from "./path";
import { redact } from "./redact";
import type { ServiceError } from "./serviceError";

/** What failed, and where it belongs to. */
interface Failed {
  /** Such as `the create of deployment green`. */
  readonly what: string;
  readonly cause: ServiceError;
  readonly path: EndpointPath | undefined;
  readonly log?: LogTail | undefined;
  /** Shows Azure's reason, where it could not be read. */
  readonly command?: string;
}

/** Says on the component why an operation failed, what to do about it, and what the live traffic is. */
export async function sayFailure(context: RolloutContext, { what, cause, path, log, command }: Failed): Promise<void> {
  const lines = [
    `${what} failed, ${describe(cause)}`,
    ...(cause.correlationId === undefined ? [] : [`correlation id ${cause.correlationId}, for Microsoft's support`]),
    ...(log === undefined ? [] : describeLog(log)),
    ...(command === undefined
      ? []
      : [
          "Azure's reason, which its plugin does not tell, is in the activity log some minutes later:",
          `  $ ${command}`,
        ]),
    `to do: ${cureFor(cause)}`,
    ...(path === undefined ? [] : [`live traffic: ${await liveTraffic(context, path)}`]),
  ];
  await pulumi.log.error(lines.join("\n"), context.component);
}

function describe({ code, message }: ServiceError): string {
  const text = redact(message);
  return code === undefined ? text : `${code}: ${text}`;
}

function describeLog({ container, lines, command }: LogTail): readonly string[] {
  const title = lines === undefined ? "its log cannot be read" : `the end of the log of its ${container}:`;
  const end = lines?.length === 0 ? ["nothing is written"] : (lines ?? []);
  return [title, ...end.map((line) => `  | ${line}`), "all of the log:", `  $ ${command}`];
}

async function liveTraffic(context: RolloutContext, path: EndpointPath): Promise<string> {
  try {
    const live = await readLive(context, path);
    return live === undefined ? "the endpoint does not exist" : formatTraffic(live);
  } catch {
    return "cannot be read";
  }
}
