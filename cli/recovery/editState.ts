import { hideSecrets, pendingOf, resourcesOf } from "../stack/exportedStack";
import type { ExportedStack, ResourceState, Values } from "../stack/exportedStack";
import type { Lookup } from "./lookups";
import type { Answers } from "./scratch";
import type { Difference } from "./stateInputs";

/** What happens to one pending operation, or to a resource that differs between Azure and the state. */
export interface StateChange {
  readonly urn: string;
  readonly type: string;
  readonly operation: string;
  readonly id?: string;
  /** The provisioning state in Azure, `there` for a type without one, `absent`, or `not asked`. */
  readonly azure: string;
  /**
   * `added`: added to the state. `dropped`: as Pulumi drops a pending operation, and the next update does what is left.
   * `cleared`: no longer recorded as not ready. `moved`: replaces `from` in the state. `kept`: not deleted after all.
   * `left`: left as it is, for a reason.
   */
  readonly action: "added" | "dropped" | "cleared" | "moved" | "kept" | "left";
  /** Why Azure was not asked, or why nothing is done. */
  readonly reason?: string;
  /** Name in the state, or id, of the resource that it replaces there. */
  readonly from?: string;
  /** Where the program differs from Azure. */
  readonly differences?: readonly Difference[];
}

export interface StateEdit {
  readonly edited: ExportedStack;
  readonly changes: readonly StateChange[];
}

/**
 * The state with the creates that finished in Azure without the engine knowing, and without pending operations. A
 * pending operation holds everything a resource has in the state except id and outputs.
 */
export function editState(stack: ExportedStack, lookups: readonly Lookup[], answers: Answers): StateEdit {
  const changes = lookups.map((lookup) => changeOf(lookup, answers));
  const added = changes.flatMap(({ urn, id, action }): ResourceState[] => {
    const resource = pendingOf(stack).find((operation) => operation.resource.urn === urn)?.resource;
    if (action === "dropped" || resource === undefined || id === undefined) return [];
    const outputs = answers.get(urn) ?? {};
    const initErrors = failureOf(outputs);
    return [{ ...resource, id, outputs: hideSecrets(resource, outputs), ...(initErrors.length > 0 && { initErrors }) }];
  });
  const { pending_operations: _, ...deployment } = stack.deployment;
  return {
    edited: { ...stack, deployment: { ...deployment, resources: [...resourcesOf(stack), ...added] } },
    changes,
  };
}

function changeOf({ operation, id, reason }: Lookup, answers: Answers): StateChange {
  const { urn, type } = operation.resource;
  const outputs = answers.get(urn);
  return {
    urn,
    type,
    operation: operation.type,
    ...(id !== undefined && { id }),
    azure: id === undefined ? "not asked" : inWords(outputs),
    action: operation.type === "creating" && outputs !== undefined ? "added" : "dropped",
    ...(reason !== undefined && { reason }),
  };
}

/** Final provisioning states; a resource without one is always ready. */
const ENDED = new Set(["Succeeded", "Failed", "Canceled"]);

/** The provisioning state in a resource's outputs; some types have it outside `properties`. */
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
 * Why an existing resource is not ready, which makes the engine update it; empty when it is. An endpoint with weights
 * is ready however its last operation ended: an update would write it without them.
 */
export function failureOf(outputs: Values): readonly string[] {
  const state = provisioningStateOf(outputs) ?? "Succeeded";
  return state === "Succeeded" || isServing(outputs) ? [] : [`its creation ended ${state} in Azure`];
}

function isServing({ properties }: Values): boolean {
  const { traffic } = (properties ?? {}) as { readonly traffic?: unknown };
  return typeof traffic === "object" && traffic !== null && Object.values(traffic).some((weight) => Number(weight) > 0);
}

/** What Azure has, in one word. */
export function inWords(outputs: Values | undefined): string {
  return outputs === undefined ? "absent" : (provisioningStateOf(outputs) ?? "there");
}
