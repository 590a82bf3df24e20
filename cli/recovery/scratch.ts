import { isMap } from "../../components/values/shape";
import { HIDDEN } from "../stack/previewedStack";
import { isMarked, pendingOf, resourcesOf } from "../stack/exportedStack";
import type { ExportedStack, ResourceState, Values } from "../stack/exportedStack";
import type { Lookup } from "./lookups";
import { hasUnknowns } from "./stateInputs";

/** A resource as the provider read it: its outputs, or undefined when it does not exist. */
export type Answers = ReadonlyMap<string, Values | undefined>;

/**
 * A stack with only the resources to look up and their providers. Refreshing it queries Azure with the provider's
 * credentials and never touches the real state.
 *
 * @param empty - export of a new stack without resources
 * @param stack - export of the real stack with its secrets in plain text
 */
export function scratchStack(empty: ExportedStack, stack: ExportedStack, lookups: readonly Lookup[]): ExportedStack {
  // In plain text from the stack; the lookups may hold them masked.
  const known = new Map(
    [...resourcesOf(stack), ...pendingOf(stack).map(({ resource }) => resource)].map((resource) => [
      resource.urn,
      resource,
    ]),
  );
  const asked = lookups.flatMap(({ operation: { type, resource }, id }) =>
    lookedUp(type === "declared" ? resource : (known.get(resource.urn) ?? resource), id),
  );
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

/** The provider also gets the inputs as the old outputs, where some types look for their names. */
function lookedUp({ urn, type, inputs = {}, provider }: ResourceState, id: string | undefined): ResourceState[] {
  if (id === undefined) return [];
  const shown = withoutUnknowns(inputs);
  return [{ urn, type, custom: true, id, inputs: shown, outputs: shown, ...(provider !== undefined && { provider }) }];
}

/** Inputs that a preview does not know or show are left out. */
function withoutUnknowns(values: Values): Values {
  const known = Object.entries(values).filter(([, value]) => value !== HIDDEN && (isMap(value) || !hasUnknowns(value)));
  return Object.fromEntries(
    known.map(([key, value]) => [key, isMap(value) && !isMarked(value) ? withoutUnknowns(value) : value]),
  );
}

/** Without parent and dependencies, which the scratch stack does not have. */
function withoutTies({ urn, type, id = "", inputs = {}, outputs = {} }: ResourceState): ResourceState {
  return { urn, type, custom: true, id, inputs, outputs };
}
