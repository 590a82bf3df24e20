import type * as pulumi from "@pulumi/pulumi";
import { armReader } from "./armReader";
import { readErrorDetail } from "./serviceError";
import type { ReadError, ServiceError } from "./serviceError";
import { at } from "../values/shape";
import { textOf } from "../pulumi/known";

/** Azure ML's generic message when the reason is in the error details, which azure-native drops. */
const BARE = /^(?:The request is invalid|One or more validation errors occurred)\.?$/;
const API_VERSION = "2015-04-01";
const LOOKED_BACK_MS = 3_600_000;

/** A refusal with its reason, or with the command that shows it. */
export interface Refusal {
  readonly cause: ServiceError;
  readonly command?: string;
}

/**
 * Why Azure refused a write: azure-native passes on no details of an error, and a refused write leaves only an event in
 * the activity log, some minutes later. Until it is there, the command that shows it is given.
 *
 * @param path - of the resource, below the subscription
 */
export async function readRefusal(
  cause: ServiceError,
  path: string,
  component: pulumi.ComponentResource,
): Promise<Refusal> {
  if (!BARE.test(cause.message)) return { cause };
  try {
    const arm = await armReader(component);
    const id = `/subscriptions/${arm.subscriptionId}${path}`;
    const command = `az monitor activity-log list --resource-id ${id} --status Failed --offset 1h --query "[].properties.statusMessage"`;
    const reason = await arm
      .list(eventsOf(id))
      .then(newestReason)
      .catch(() => undefined);
    return reason === undefined ? { cause, command } : { cause: { ...cause, ...reason } };
  } catch {
    return { cause };
  }
}

function eventsOf(id: string): string {
  const since = new Date(Date.now() - LOOKED_BACK_MS).toISOString();
  const filter = encodeURIComponent(`eventTimestamp ge '${since}' and resourceUri eq '${id}'`);
  return `providers/Microsoft.Insights/eventtypes/management/values?api-version=${API_VERSION}&$filter=${filter}`;
}

/** Azure lists the newest first. */
function newestReason(events: readonly unknown[]): ReadError | undefined {
  const failed = events.find((event) => at(event, ["status", "value"]) === "Failed");
  const answer = textOf(at(failed, ["properties", "statusMessage"]));
  if (answer === undefined) return undefined;
  const { code, message } = readErrorDetail(at(JSON.parse(answer), ["error"]));
  if (message === "" || BARE.test(message)) return undefined;
  // An earlier try may have been refused for something else.
  return { code, message: `${message} (activity log, ${textOf(at(failed, ["eventTimestamp"])) ?? "without a time"})` };
}
