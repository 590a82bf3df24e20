import type * as pulumi from "@pulumi/pulumi";

/** What the SDK keeps on a component and does not type. */
interface Parent {
  readonly __childResources?: ReadonlySet<pulumi.Resource>;
}

/** What a component has declared so far. */
export function childrenOf(component: pulumi.ComponentResource): readonly pulumi.Resource[] {
  const { __childResources: children } = component as unknown as Parent;
  return [...(children ?? [])];
}
