import { failureOf, provisioningStateOf } from "./azureState";
import { pendingOf, resourcesOf } from "./exportedStack";
import type { ExportedStack, ResourceState, Values } from "./exportedStack";
import type { Lookup } from "./lookups";
import type { Answers } from "./scratch";

/** What becomes of one pending operation. */
export interface StateChange {
  readonly urn: string;
  readonly type: string;
  readonly operation: string;
  readonly id?: string;
  /** The provisioning state in Azure, `there` for a type without one, `absent`, or `not asked`. */
  readonly azure: string;
  /** A created resource joins the state; all else is dropped as Pulumi does, and the next update does what is left. */
  readonly action: "added" | "dropped";
  /** Why Azure was not asked. */
  readonly reason?: string;
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
    return [{ ...resource, id, outputs, ...(initErrors.length > 0 && { initErrors }) }];
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

function inWords(outputs: Values | undefined): string {
  return outputs === undefined ? "absent" : (provisioningStateOf(outputs) ?? "there");
}
