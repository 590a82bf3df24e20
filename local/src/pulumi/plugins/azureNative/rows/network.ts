import { GROUP } from "./resourceType";
import type { Rows } from "./resourceType";
import { NAMED_ITEM } from "./shape";
import type { Shape } from "./shape";

const NETWORK = `${GROUP}/providers/Microsoft.Network`;
const PRIVATE_ENDPOINT = `${NETWORK}/privateEndpoints/{privateEndpointName}`;
const DNS_ZONE = `${NETWORK}/privateDnsZones/{privateZoneName}`;
const apiVersion = "2024-05-01";
const dnsVersion = "2024-06-01";
const SUBNET: Shape = { ...NAMED_ITEM, members: { delegations: NAMED_ITEM } };

export const NETWORKS: Rows = {
  "network:VirtualNetwork": {
    path: `${NETWORK}/virtualNetworks/{virtualNetworkName}`,
    apiVersion,
    nameArgument: "virtualNetworkName",
    envelope: ["id", "location", "tags", "extendedLocation"],
    members: { subnets: SUBNET, virtualNetworkPeerings: NAMED_ITEM },
    subResources: ["subnets", "virtualNetworkPeerings"],
    hasLocation: true,
  },
  "network:Subnet": {
    ...SUBNET,
    path: `${NETWORK}/virtualNetworks/{virtualNetworkName}/subnets/{subnetName}`,
    apiVersion,
    nameArgument: "subnetName",
  },
  "network:NetworkSecurityGroup": {
    path: `${NETWORK}/networkSecurityGroups/{networkSecurityGroupName}`,
    apiVersion,
    nameArgument: "networkSecurityGroupName",
    envelope: ["id", "location", "tags"],
    members: { securityRules: NAMED_ITEM },
    subResources: ["securityRules"],
    hasLocation: true,
  },
  "network:PrivateEndpoint": {
    path: PRIVATE_ENDPOINT,
    apiVersion,
    nameArgument: "privateEndpointName",
    envelope: ["id", "location", "tags", "extendedLocation"],
    members: {
      subnet: SUBNET,
      ipConfigurations: NAMED_ITEM,
      privateLinkServiceConnections: NAMED_ITEM,
      manualPrivateLinkServiceConnections: NAMED_ITEM,
    },
    replacing: ["subnet"],
    hasLocation: true,
  },
  "network:PrivateDnsZoneGroup": {
    path: `${PRIVATE_ENDPOINT}/privateDnsZoneGroups/{privateDnsZoneGroupName}`,
    apiVersion,
    nameArgument: "privateDnsZoneGroupName",
    envelope: ["id", "name"],
    members: { privateDnsZoneConfigs: { envelope: ["name"] } },
  },
  "privatedns:PrivateZone": {
    path: DNS_ZONE,
    apiVersion: dnsVersion,
    nameArgument: "privateZoneName",
    envelope: ["location", "tags"],
    hasLocation: true,
  },
  "privatedns:VirtualNetworkLink": {
    path: `${DNS_ZONE}/virtualNetworkLinks/{virtualNetworkLinkName}`,
    apiVersion: dnsVersion,
    nameArgument: "virtualNetworkLinkName",
    envelope: ["location", "tags"],
    hasLocation: true,
  },
};
