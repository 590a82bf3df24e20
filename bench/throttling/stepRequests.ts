import { alignedTable } from "../../prove/common/alignedTable";

/** What a request of a step is about. */
export type StepTarget = "group" | "versions" | "endpoint" | "stable" | "record" | "keys";

export interface StepRequest {
  readonly method: "GET" | "PUT" | "POST";
  readonly of: StepTarget;
  /** Resource Manager makes it, for the request before it; nobody sends it. */
  readonly inside?: true;
  readonly why: string;
}

/**
 * What a `pulumi up` of the example sends to Azure Resource Manager when nothing but the weights change, in its order; what
 * is asked at the same time is in any order. Looks at the operation that the write starts come on top, after it. A test
 * compares it with the trace.
 */
export const STEP_REQUESTS: readonly StepRequest[] = [
  { method: "GET", of: "group", why: "the location, where the program names none" },
  { method: "GET", of: "endpoint", why: "what is live when the step is decided" },
  { method: "GET", of: "stable", why: "the model that the stable deployment runs" },
  { method: "GET", of: "versions", why: "whether the declared model versions are still registered as declared" },
  { method: "POST", of: "keys", why: "the key that the program of the example exports" },
  { method: "GET", of: "endpoint", why: "the guard, just before the write" },
  { method: "PUT", of: "record", why: "the write, as a template deployment" },
  { method: "PUT", of: "endpoint", inside: true, why: "what Resource Manager does for it" },
  { method: "GET", of: "record", why: "two are azure-native's, of the record that it has written" },
  { method: "GET", of: "record", why: "two are azure-native's, of the record that it has written" },
  { method: "GET", of: "endpoint", why: "what is live after the write" },
];

/** Where an endpoint is, and what it runs. */
export interface StepPlace {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly workspace: string;
  readonly location: string;
  readonly endpoint: string;
  readonly stable: string;
  readonly model: string;
}

export function stepPath(of: StepTarget, place: StepPlace): string {
  const group = `/subscriptions/${place.subscriptionId}/resourceGroups/${place.resourceGroup}`;
  const workspace = `${group}/providers/Microsoft.MachineLearningServices/workspaces/${place.workspace}`;
  const endpoint = `${workspace}/onlineEndpoints/${place.endpoint}`;
  const paths: Readonly<Record<StepTarget, string>> = {
    group,
    endpoint,
    versions: `${workspace}/models/${place.model}/versions`,
    stable: `${endpoint}/deployments/${place.stable}`,
    record: `${group}/providers/Microsoft.Resources/deployments/${place.workspace}.${place.endpoint}-traffic`,
    keys: `${endpoint}/listKeys`,
  };
  return paths[of];
}

/** `GET onlineEndpoints`, without the names: a request by the last type in its path. */
export function requestName(method: string, path: string, isInside: boolean): string {
  const segments = (path.split("/providers/")[1] ?? path).split("/").filter((_, index) => index % 2 === 1);
  return `${method} ${segments.at(-1) ?? ""}${isInside ? ", inside" : ""}`;
}

/** Of names that are asked for nothing. */
const ANYWHERE: StepPlace = {
  subscriptionId: "subscription",
  resourceGroup: "group",
  workspace: "workspace",
  location: "location",
  endpoint: "endpoint",
  stable: "stable",
  model: "model",
};

/** How often each request is made in a step, by its name. */
export function stepRequestCounts(): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { name } of named()) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

/** The table of docs/performance.md. */
export function stepRequestsTable(): string {
  const rows = Object.entries(stepRequestCounts()).map(([request, times]) => {
    const reasons = new Set(named().flatMap(({ name, why }) => (name === request ? [why] : [])));
    return [`\`${request}\``, String(times), [...reasons].join("; ")];
  });
  return alignedTable([["request", "times", "what for"], ...rows]);
}

function named(): readonly { readonly name: string; readonly why: string }[] {
  return STEP_REQUESTS.map(({ method, of, inside, why }) => ({
    name: requestName(method, stepPath(of, ANYWHERE), inside === true),
    why,
  }));
}
