import { failureOf, inWords } from "./editState";
import type { StateChange } from "./editState";
import { hideSecrets, resourcesOf } from "../stack/exportedStack";
import type { ExportedStack, ResourceState, Values } from "../stack/exportedStack";
import type { JoinedState } from "./joinState";
import type { Lookup } from "./lookups";
import type { Answers } from "./scratch";
import { stateInputs } from "./stateInputs";

/**
 * The state without failures that Azure has since recovered from. The engine updates a resource that failed at every
 * run: an endpoint would be written without its weights.
 */
export function clearState(stack: ExportedStack, lookups: readonly Lookup[], answers: Answers): JoinedState {
  const ready = new Map<string, Values>();
  const changes: StateChange[] = [];
  for (const { operation, id } of lookups) {
    const { urn, type } = operation.resource;
    const outputs = answers.get(urn);
    if (outputs === undefined || failureOf(outputs).length > 0) continue;
    ready.set(urn, outputs);
    const change = { urn, type, operation: operation.type, azure: inWords(outputs), action: "cleared" } as const;
    changes.push({ ...change, ...(id !== undefined && { id }) });
  }
  const resources = resourcesOf(stack).map((resource) => {
    const outputs = ready.get(resource.urn);
    return outputs === undefined ? resource : cleared(resource, outputs);
  });
  return { edited: { ...stack, deployment: { ...stack.deployment, resources } }, changes };
}

function cleared({ initErrors: _, ...resource }: ResourceState, outputs: Values): ResourceState {
  const { inputs } = stateInputs(resource.type, resource.inputs ?? {}, outputs);
  return { ...resource, inputs, outputs: hideSecrets(resource, outputs) };
}
