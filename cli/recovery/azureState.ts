import type { Values } from "./exportedStack";

/** How an operation on a resource can have ended; a resource without a state is always ready. */
const ENDED = new Set(["Succeeded", "Failed", "Canceled"]);

/** The provisioning state in the outputs of a resource, which some types have beside `properties`. */
export function provisioningStateOf(outputs: Values): string | undefined {
  const { properties, provisioningState } = outputs;
  const inner = typeof properties === "object" && properties !== null ? (properties as Values) : {};
  const state = inner["provisioningState"] ?? provisioningState;
  return typeof state === "string" ? state : undefined;
}

/** Whether Azure is still working on a resource. */
export function isWorking(outputs: Values | undefined): boolean {
  const state = outputs && provisioningStateOf(outputs);
  return state !== undefined && !ENDED.has(state);
}

/**
 * Why a resource that exists is not ready, for the engine to update it; none when it is. An endpoint with weights is
 * ready however its last operation ended: an update of it would write it without them.
 */
export function failureOf(outputs: Values): readonly string[] {
  const state = provisioningStateOf(outputs) ?? "Succeeded";
  return state === "Succeeded" || isServing(outputs) ? [] : [`its creation ended ${state} in Azure`];
}

function isServing({ properties }: Values): boolean {
  const { traffic } = (properties ?? {}) as { readonly traffic?: unknown };
  return typeof traffic === "object" && traffic !== null && Object.values(traffic).some((weight) => Number(weight) > 0);
}

/** What Azure has, in a word. */
export function inWords(outputs: Values | undefined): string {
  return outputs === undefined ? "absent" : (provisioningStateOf(outputs) ?? "there");
}
