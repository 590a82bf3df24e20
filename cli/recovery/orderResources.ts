import type { ResourceState } from "./exportedStack";
import { providerUrnOf } from "./providers";

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
