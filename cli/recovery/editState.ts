import { failureOf, inWords } from "./azureState";
import { hideSecrets, pendingOf, resourcesOf } from "./exportedStack";
import type { ExportedStack, ResourceState } from "./exportedStack";
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
