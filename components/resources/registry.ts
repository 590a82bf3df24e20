import { Registry } from "@pulumi/azure-native/containerregistry/registry";
import * as pulumi from "@pulumi/pulumi";
import { isIsolated } from "./managedNetwork";
import type { Place } from "./place";
import { protection } from "./protection";
import type { Scope } from "./scope";

/** The container registry of a created workspace; undefined when Azure makes one by itself. */
export function declareRegistry(
  { name, args, placed, suffix }: Scope,
  place: Place,
): pulumi.Output<string> | undefined {
  const { workspace, hardened } = args;
  const given = workspace?.associatedContainerRegistryResourceId;
  if (given !== undefined) return pulumi.output(given);
  if (workspace?.createContainerRegistry !== true) return undefined;
  const registry = new Registry(
    `${name}-registry`,
    {
      ...place,
      registryName: pulumi.interpolate`crmlflow${suffix()}`,
      // Only Premium has private endpoints, which a managed network reaches it over.
      sku: { name: isIsolated(workspace.managedNetwork) ? "Premium" : "Basic" },
      adminUserEnabled: false,
      ...(hardened === true && { publicNetworkAccess: "Disabled" }),
    },
    { ...placed, ...protection(args) },
  );
  return registry.id;
}
