import { randomUUID } from "node:crypto";
import type { StackSettings } from "./stackSettings";
import { resourcesOf, secretOf } from "./exportedStack";
import type { ExportedStack, ResourceState } from "./exportedStack";

const DEFAULT = /::pulumi:providers:([\w-]+)::default_(\d+)_(\d+)_(\d+)$/;

/** The URN in the name that a resource has for its provider, and the id, which a preview may not know. */
export function providerUrnOf({ provider = "" }: ResourceState): string {
  return /^(.*)::[^:]*$/.exec(provider)?.[1] ?? provider;
}

/** The providers of resources that a state does not have; the default ones are made when they are first needed. */
export function missingProviders(stack: ExportedStack, resources: readonly ResourceState[]): readonly string[] {
  const present = new Set(resourcesOf(stack).map(({ urn }) => urn));
  return [...new Set(resources.map(providerUrnOf))].filter((urn) => urn !== "" && !present.has(urn));
}

/**
 * A default provider as the engine makes it from the config of the stack.
 *
 * @returns undefined for a provider that the program declares itself
 */
export function defaultProvider(urn: string, settings: StackSettings): ResourceState | undefined {
  const [, name, ...version] = DEFAULT.exec(urn) ?? [];
  if (name === undefined) return undefined;
  const own = Object.entries(settings.all)
    .filter(([key]) => key.startsWith(`${name}:`))
    .map(([key, { value, secret }]) => [key.slice(name.length + 1), secret === true ? secretOf(value) : value]);
  const inputs = { ...(Object.fromEntries(own) as Record<string, unknown>), version: version.join(".") };
  return { urn, type: `pulumi:providers:${name}`, custom: true, id: randomUUID(), inputs, outputs: inputs };
}

/**
 * Resources in an order in which each stands after what it needs, as the engine wants a state, and without ties to what
 * is not in it. An order that is good stays as it is.
 */
export function orderResources(resources: readonly ResourceState[]): readonly ResourceState[] {
  const byUrn = new Map<string, ResourceState[]>();
  for (const resource of resources) byUrn.set(resource.urn, [...(byUrn.get(resource.urn) ?? []), resource]);
  const ordered = new Set<ResourceState>();
  const entered = new Set<ResourceState>();
  const visit = (resource: ResourceState): void => {
    if (entered.has(resource)) return;
    entered.add(resource);
    for (const urn of needsOf(resource)) for (const needed of byUrn.get(urn) ?? []) visit(needed);
    ordered.add(resource);
  };
  for (const resource of resources) visit(resource);
  return [...ordered].map((resource) => withoutMissing(resource, byUrn));
}

function needsOf(resource: ResourceState): readonly string[] {
  const { parent, dependencies = [], propertyDependencies = {}, deletedWith } = resource;
  const alone = [parent, deletedWith, providerUrnOf(resource)].flatMap((urn) => urn ?? []);
  return [...alone, ...dependencies, ...Object.values(propertyDependencies).flat()];
}

function withoutMissing(resource: ResourceState, present: ReadonlyMap<string, unknown>): ResourceState {
  const here = (list: readonly string[]): readonly string[] => list.filter((urn) => present.has(urn));
  const { dependencies, propertyDependencies, deletedWith, ...others } = resource;
  const ofProperties = Object.entries(propertyDependencies ?? {}).map(([key, list]) => [key, here(list)]);
  return {
    ...others,
    ...(dependencies && { dependencies: here(dependencies) }),
    ...(propertyDependencies && { propertyDependencies: Object.fromEntries(ofProperties) as Record<string, string[]> }),
    ...(deletedWith !== undefined && present.has(deletedWith) && { deletedWith }),
  };
}
