import { randomUUID } from "node:crypto";
import type * as pulumi from "@pulumi/pulumi";

const STACK = "pulumi:pulumi:Stack";

/** What the SDK keeps on a resource and does not type. */
interface Named {
  readonly __name?: string;
  readonly __pulumiType: string;
  readonly __parentResource?: pulumi.Resource;
}

/** A component's name below the types and names of the components that it stands in: no two in a stack have the same. */
export function componentPath(component: pulumi.Resource): string {
  // A component of another process has no name here.
  const { __name: name = randomUUID(), __parentResource: parent } = component as unknown as Named;
  if (parent === undefined) return name;
  const { __pulumiType: parentType } = parent as unknown as Named;
  return parentType === STACK ? name : `${parentType}::${componentPath(parent)}/${name}`;
}
