import * as pulumi from "@pulumi/pulumi";
import { getResourceGroup } from "@pulumi/azure-native/resources/getResourceGroup";
import { lookup, onceCreated } from "../azure/lookups";
import type { Scope } from "./scope";

/** The location, group and tags of every created resource. */
export interface Place {
  readonly resourceGroupName: pulumi.Output<string>;
  readonly location: pulumi.Output<string>;
  readonly tags?: pulumi.Input<{ [key: string]: pulumi.Input<string> }>;
}

export function placeOf(scope: Scope): Place {
  const { resourceGroupName, tags } = scope.args;
  return {
    resourceGroupName: pulumi.output(resourceGroupName),
    location: locationOf(scope),
    ...(tags && { tags }),
  };
}

function locationOf({ args, component, lookups }: Scope): pulumi.Output<string> {
  if (args.location !== undefined) return pulumi.output(args.location);
  const read = (group: string) =>
    lookup({
      path: "resourceGroupName",
      key: "location",
      found: getResourceGroup({ resourceGroupName: group }, { parent: component }),
      absent: `there is no resource group ${group}; create it, or name one that exists`,
    });
  return lookups.expect(
    onceCreated(args.resourceGroupName).apply((group) => lookups.ask(read(group), { location: "" })),
  ).location;
}
