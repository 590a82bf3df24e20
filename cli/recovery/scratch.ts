import { pendingOf, resourcesOf } from "./exportedStack";
import type { ExportedStack, ResourceState, Values } from "./exportedStack";
import type { Lookup } from "./lookups";

/** What Azure has of a resource: its outputs in the words of its provider, or undefined when there is none. */
export type Answers = ReadonlyMap<string, Values | undefined>;

/**
 * A stack of nothing but the resources to look up, with their providers. A refresh of it asks Azure with the provider's
 * own credentials and never touches the real state.
 *
 * @param empty - export of a new stack without resources
 * @param stack - export of the real stack with its secrets in clear, where it has some
 */
export function scratchStack(empty: ExportedStack, stack: ExportedStack, lookups: readonly Lookup[]): ExportedStack {
  const ids = new Map(lookups.map(({ operation, id }) => [operation.resource.urn, id]));
  const asked = pendingOf(stack).flatMap(({ resource }) => lookedUp(resource, ids.get(resource.urn)));
  const named = new Set(asked.map(({ provider }) => provider));
  const providers = resourcesOf(stack).filter(({ urn, id }) => named.has(`${urn}::${id ?? ""}`));
  const resources = [...providers.map(withoutTies), ...asked];
  return { ...empty, deployment: { ...empty.deployment, resources } };
}

/** What the refreshed scratch stack found, by URN. */
export function answersOf(refreshed: ExportedStack, lookups: readonly Lookup[]): Answers {
  const found = new Map(resourcesOf(refreshed).map(({ urn, outputs }) => [urn, outputs ?? {}]));
  return new Map(
    lookups
      .filter(({ id }) => id !== undefined)
      .map(({ operation }) => [operation.resource.urn, found.get(operation.resource.urn)]),
  );
}

/** The provider gets the inputs as the outputs of before too: some types find their names there. */
function lookedUp({ urn, type, inputs = {}, provider }: ResourceState, id: string | undefined): ResourceState[] {
  if (id === undefined) return [];
  return [{ urn, type, custom: true, id, inputs, outputs: inputs, ...(provider !== undefined && { provider }) }];
}

/** Without parent and dependencies, which the scratch stack does not have. */
function withoutTies({ urn, type, id = "", inputs = {}, outputs = {} }: ResourceState): ResourceState {
  return { urn, type, custom: true, id, inputs, outputs };
}
