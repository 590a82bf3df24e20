import * as pulumi from "@pulumi/pulumi";
import { planLive, readLive } from "./context";
import type { RolloutContext } from "./context";
import { readLogTail } from "../azure/deploymentLog";
import type { Failure } from "./hookInputs";
import { readInnerError } from "../azure/innerError";
import { pause } from "../azure/settled";
import { readRefusal } from "../azure/refusalReason";
import { readServiceError } from "../azure/serviceError";
import { deploymentPath, stepInputs } from "./stepInputs";
import { formatTraffic } from "../rollout/weights";
import { remedyFor } from "../azure/remedy";
import type { LogTail } from "../azure/deploymentLog";
import type { EndpointPath } from "../azure/ids";
import { redact } from "../values/redact";
import type { ServiceError } from "../azure/serviceError";
import { at } from "../values/shape";

/** Refusals that only mean Azure is busy with something else; azure-native does not retry them. */
const BUSY = /^DeploymentActive\b|because it is in \w+ provisioning state/;
const SECONDS_BETWEEN_TRIES = 5;

/** Reports that the workspace could not be written. */
export async function workspaceFailed(
  context: RolloutContext,
  { newInputs, operation, error }: Failure,
): Promise<boolean> {
  const what = `the ${operation} of workspace ${String(at(newInputs, ["workspaceName"]))}`;
  const refusal = await readRefusal(readServiceError(error), workspaceId(newInputs), context.component);
  await sayFailure(context, { what, ...refusal, path: undefined });
  return false;
}

/** Reports that the endpoint could not be created. */
export async function endpointFailed(context: RolloutContext, { newInputs, error }: Failure): Promise<boolean> {
  const endpointName = String(at(newInputs, ["endpointName"]));
  const id = `${workspaceId(newInputs)}/onlineEndpoints/${endpointName}`;
  const refusal = await readRefusal(readServiceError(error), id, context.component);
  await sayFailure(context, { what: `the create of endpoint ${endpointName}`, ...refusal, path: undefined });
  return false;
}

/**
 * Reports a failed operation on a deployment, with the end of its container's log.
 *
 * @returns true to retry, when Azure refused it only because it was busy
 */
export async function deploymentFailed(context: RolloutContext, failure: Failure): Promise<boolean> {
  if (await isOver(context, failure)) return true;
  const { operation, error } = failure;
  const inputs = failure.newInputs ?? failure.oldInputs;
  const deploymentName = String(at(inputs, ["deploymentName"]));
  const path = deploymentPath(inputs);
  const hasLog = path !== undefined && operation !== "delete";
  const log = hasLog ? await readLogTail({ ...path, deploymentName }, context.component) : undefined;
  const what = `the ${operation} of deployment ${deploymentName}`;
  const id = `${workspaceId(inputs)}/onlineEndpoints/${String(at(inputs, ["endpointName"]))}/deployments/${deploymentName}`;
  const refusal = await readRefusal(readServiceError(error), id, context.component);
  await sayFailure(context, { what, ...refusal, path, log });
  return false;
}

/** Reports a failed traffic step; like {@link deploymentFailed}. */
export async function trafficFailed(context: RolloutContext, failure: Failure): Promise<boolean> {
  if (await isOver(context, failure)) {
    const { path } = stepInputs(failure.newInputs);
    const { state } = stepInputs(failure.oldInputs);
    const live = path && (await readLive(context, path));
    // The operation that kept Azure busy may have changed the weights.
    if (live !== undefined && planLive(context, live, state ? [state] : []).violations.length === 0) return true;
  }
  const inputs = failure.newInputs ?? failure.oldInputs;
  const cause = await readInnerError(readServiceError(failure.error), inputs, context.component);
  await sayFailure(context, { what: "the traffic step", cause, path: stepInputs(inputs).path });
  return false;
}

/** Below the subscription. */
function workspaceId(inputs: unknown): string {
  const [group, workspace] = ["resourceGroupName", "workspaceName"].map((key) => String(at(inputs, [key])));
  return `/resourceGroups/${group}/providers/Microsoft.MachineLearningServices/workspaces/${workspace}`;
}

/** Waits a little when Azure is busy; false when it is not, or when the verification timeout has passed. */
async function isOver({ policy, component }: RolloutContext, { error, tries }: Failure): Promise<boolean> {
  const { code = "", message } = readServiceError(error);
  if (!BUSY.test(`${code} ${message}`)) return false;
  if (tries * SECONDS_BETWEEN_TRIES > policy.verifyTimeoutSeconds) return false;
  if (tries === 1) await pulumi.log.info(`waiting, Azure is busy: ${code}: ${message}`, component);
  await pause(SECONDS_BETWEEN_TRIES);
  return true;
}

/** What failed, and on which resource. */
interface Failed {
  /** Such as `the create of deployment green`. */
  readonly what: string;
  readonly cause: ServiceError;
  readonly path: EndpointPath | undefined;
  readonly log?: LogTail | undefined;
  /** The command that shows Azure's reason, if it could not be read. */
  readonly command?: string;
}

/** Logs on the component why an operation failed, what to do, and the live traffic. */
async function sayFailure(context: RolloutContext, { what, cause, path, log, command }: Failed): Promise<void> {
  const lines = [
    `${what} failed, ${describe(cause)}`,
    ...(cause.correlationId === undefined ? [] : [`correlation id ${cause.correlationId}, for Microsoft's support`]),
    ...(log === undefined ? [] : describeLog(log)),
    ...(command === undefined
      ? []
      : [
          "Azure's reason, which the provider does not pass on, is in the activity log after a few minutes:",
          `  $ ${command}`,
        ]),
    `to do: ${remedyFor(cause)}`,
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
  return [title, ...end.map((line) => `  | ${line}`), "the whole log:", `  $ ${command}`];
}

async function liveTraffic(context: RolloutContext, path: EndpointPath): Promise<string> {
  try {
    const live = await readLive(context, path);
    return live === undefined ? "the endpoint does not exist" : formatTraffic(live);
  } catch {
    return "cannot be read";
  }
}
