import { randomUUID } from "node:crypto";
import { invokerOf, placeOf, aliasesOf, promiseOf } from "./sdkInternals";
import * as pulumi from "@pulumi/pulumi";
import { componentOfUrn, ownerOf } from "../rollout/owner";
import type { Ownership } from "../rollout/owner";

const STACK = "pulumi:pulumi:Stack";

/** Paths of the components of a run, by its connection to the engine. */
const taken = new WeakMap<object, Set<string>>();

/**
 * The path of a new component, used in its hooks' names. Two components with one path, a mistake that the engine
 * refuses later, get different ones: a hook name used twice would hang the engine.
 */
export function claimPath(name: string, parent: pulumi.Resource | undefined): string {
  const run = invokerOf() ?? taken;
  const paths = taken.get(run) ?? new Set();
  taken.set(run, paths);
  const path = pathBelow(name, parent);
  const own = paths.has(path) ? `${path}:${randomUUID()}` : path;
  paths.add(own);
  return own;
}

/** A component's name below its ancestors' types and names. */
function pathBelow(name: string, parent: pulumi.Resource | undefined): string {
  if (parent === undefined) return name;
  // A component of another process has no name here.
  const { type, name: parentName = randomUUID(), parent: above } = placeOf(parent);
  return type === STACK ? name : `${type}::${pathBelow(parentName, above)}/${name}`;
}

/** The owner names of a component: from its URN and its aliases. */
export async function ownershipOf(
  component: pulumi.ComponentResource,
  takeOver: string | undefined,
): Promise<Ownership> {
  const urns = [component.urn, ...aliasesOf(component)].map((urn) => promiseOf(pulumi.output(urn)));
  const [owner = "", ...formerly] = (await Promise.all(urns)).map((urn) => {
    const { project, stack, name } = componentOfUrn(urn ?? "");
    return ownerOf(`${organization()}/${project}/${stack}`, name);
  });
  return { owner, formerly, ...(takeOver !== undefined && { takeOver }) };
}

/** The name used by file backends as well. Mocks may have none. */
function organization(): string {
  try {
    return pulumi.getOrganization();
  } catch {
    return "organization";
  }
}
