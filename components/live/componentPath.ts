import { randomUUID } from "node:crypto";
import type * as pulumi from "@pulumi/pulumi";
import { placeOf } from "./sdkInternals";

const STACK = "pulumi:pulumi:Stack";

/** A component's name below the types and names of the components that it stands in: no two in a stack have the same. */
export function componentPath(component: pulumi.Resource): string {
  // A component of another process has no name here.
  const { name = randomUUID(), parent } = placeOf(component);
  return pathBelow(name, parent);
}

/** The same for a component that is about to be made. */
export function pathBelow(name: string, parent: pulumi.Resource | undefined): string {
  if (parent === undefined) return name;
  const { type: parentType } = placeOf(parent);
  return parentType === STACK ? name : `${parentType}::${componentPath(parent)}/${name}`;
}
