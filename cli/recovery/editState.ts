import { hideSecrets, pendingOf, resourcesOf } from "../stack/exportedStack";
import type { ExportedStack, ResourceState, Values } from "../stack/exportedStack";
import type { Lookup } from "./lookups";
import type { Answers } from "./scratch";
import type { Difference } from "./stateInputs";

/** What becomes of one pending operation, or of a resource that Azure has otherwise than the state. */
export interface StateChange {
  readonly urn: string;
  readonly type: string;
  readonly operation: string;
  readonly id?: string;
  /** The provisioning state in Azure, `there` for a type without one, `absent`, or `not asked`. */
  readonly azure: string;
  /**
   * `added`: joins the state. `dropped`: as Pulumi drops a pending operation, and the next update does what is left.
   * `cleared`: no longer recorded as not ready. `moved`: takes the place of `from`. `kept`: is not deleted after all.
   * `left`: stays as it is, for a reason.
   */
  readonly action: "added" | "dropped" | "cleared" | "moved" | "kept" | "left";
  /** Why Azure was not asked, or nothing is done. */
  readonly reason?: string;
  /** The name in the state, or the id, of what it takes the place of. */
  readonly from?: string;
  /** What the program declares otherwise than Azure has it. */
  readonly differences?: readonly Difference[];
}

export interface StateEdit {
  readonly edited: ExportedStack;
  readonly changes: readonly StateChange[];
}

/**
 * The state with the creates that Azure finished and the engine never heard of, and without pending operations. A
 * pending operation has all that a resource has in the state, save its id and outputs.
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
