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

/** Why a resource that exists is not ready, for the engine to update it; none when it is. */
export function failureOf(outputs: Values): readonly string[] {
  const state = provisioningStateOf(outputs) ?? "Succeeded";
  return state === "Succeeded" ? [] : [`its creation ended ${state} in Azure`];
}
