import type { PrivateDnsZoneGroup } from "@pulumi/azure-native/network/privateDnsZoneGroup";
import type { PrivateEndpoint } from "@pulumi/azure-native/network/privateEndpoint";
import * as pulumi from "@pulumi/pulumi";
import type { PrivateEndpointArgs } from "../args";
import type { Scope, WorkspaceRef } from "../scope/scope";
import { optional } from "./optionalTypes";

/** The private endpoints of the workspace, which also serve its online endpoints. */
export function declarePrivateEndpoints(scope: Scope, workspace: WorkspaceRef): void {
  for (const [key, args] of Object.entries(scope.args.workspace?.privateEndpoints ?? {})) {
    const endpoint = declarePrivateEndpoint(scope, workspace, key, args);
    declareDnsNames(scope, endpoint, key, args);
  }
}

function declarePrivateEndpoint(
  { name, args: { resourceGroupName, tags }, component, placed }: Scope,
  workspace: WorkspaceRef,
  key: string,
  { subnetResourceId, location }: PrivateEndpointArgs,
): PrivateEndpoint {
  return new optional.PrivateEndpoint(
    `${name}-private-endpoint-${key}`,
    {
      resourceGroupName,
      privateEndpointName: pulumi.interpolate`pe-${workspace.name}-${key}`,
      location: location ?? workspace.location,
      ...(tags && { tags }),
      subnet: { id: subnetResourceId },
      privateLinkServiceConnections: [{ name: key, privateLinkServiceId: workspace.id, groupIds: ["amlworkspace"] }],
    },
    // A given location may replace it; the workspace's own may be unknown in a preview.
    { parent: component, hooks: placed.hooks, ignoreChanges: ["resourceGroupName", ...(location ? [] : ["location"])] },
  );
}

function declareDnsNames(
  { name, args: { resourceGroupName }, component, placed }: Scope,
  endpoint: PrivateEndpoint,
  key: string,
  { privateDnsZoneResourceIds: zones = [] }: PrivateEndpointArgs,
): PrivateDnsZoneGroup | undefined {
  if (zones.length === 0) return undefined;
  return new optional.PrivateDnsZoneGroup(
    `${name}-private-dns-${key}`,
    {
      resourceGroupName,
      privateEndpointName: endpoint.name,
      privateDnsZoneGroupName: "default",
      privateDnsZoneConfigs: zones.map((id) => ({
        name: pulumi.output(id).apply(configName),
        privateDnsZoneId: id,
      })),
    },
    { parent: component, hooks: placed.hooks, ignoreChanges: ["resourceGroupName"] },
  );
}

/** The zone's name without dots, which Azure does not accept here. */
function configName(zoneId: string): string {
  return (zoneId.split("/").at(-1) ?? "").replaceAll(".", "-");
}
