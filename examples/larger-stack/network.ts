import { Subnet, VirtualNetwork } from "@pulumi/azure-native/network";
import { PrivateZone, VirtualNetworkLink } from "@pulumi/azure-native/privatedns";
import type * as pulumi from "@pulumi/pulumi";

/** The names of an Azure ML workspace that is reached over a private endpoint. */
const ZONES = ["privatelink.api.azureml.ms", "privatelink.notebooks.azure.net"];

export interface Network {
  readonly endpointsSubnetId: pulumi.Output<string>;
  readonly appsSubnetId: pulumi.Output<string>;
  readonly privateDnsZoneIds: pulumi.Output<string>[];
}

/** A virtual network with a subnet for private endpoints, one for container apps, and the DNS zones of Azure ML. */
export function declareNetwork(resourceGroupName: pulumi.Output<string>): Network {
  const network = new VirtualNetwork("net", {
    resourceGroupName,
    addressSpace: { addressPrefixes: ["10.0.0.0/16"] },
  });
  const inNetwork = { resourceGroupName, virtualNetworkName: network.name };
  const endpoints = new Subnet("endpoints", { ...inNetwork, addressPrefix: "10.0.1.0/24" });
  // Azure changes one subnet of a network at a time.
  const apps = new Subnet(
    "apps",
    {
      ...inNetwork,
      addressPrefix: "10.0.2.0/23",
      delegations: [{ name: "apps", serviceName: "Microsoft.App/environments" }],
    },
    { dependsOn: endpoints },
  );
  const zones = ZONES.map((privateZoneName) => {
    const zone = new PrivateZone(privateZoneName, { resourceGroupName, privateZoneName, location: "global" });
    const link = new VirtualNetworkLink(privateZoneName, {
      resourceGroupName,
      privateZoneName: zone.name,
      location: "global",
      registrationEnabled: false,
      virtualNetwork: { id: network.id },
    });
    // A zone that is not linked yet is of no use to a private endpoint.
    return link.id.apply(() => zone.id);
  });
  return { endpointsSubnetId: endpoints.id, appsSubnetId: apps.id, privateDnsZoneIds: zones };
}
