import { randomUUID } from "node:crypto";
import type * as pulumi from "@pulumi/pulumi";
import { invokerOf, placeOf } from "./sdkInternals";

const STACK = "pulumi:pulumi:Stack";

/** Paths of the components of a run, by its connection to the engine. */
const taken = new WeakMap<object, Set<string>>();

/**
 * The path of a component that is about to be made, which its hooks are named by. Two of one path, a mistake that the engine
 * refuses later on, get different ones: a name of a hook that is used twice hangs it.
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

/** A component's name below the types and names of the components that it stands in. */
function pathBelow(name: string, parent: pulumi.Resource | undefined): string {
  if (parent === undefined) return name;
  // A component of another process has no name here.
  const { type, name: parentName = randomUUID(), parent: above } = placeOf(parent);
  return type === STACK ? name : `${type}::${pathBelow(parentName, above)}/${name}`;
}
