import { genericResource } from "../arm/generic";
import type { Routes } from "../arm/resourceHandler";
import type { ArmServices } from "../arm/services";
import {
  PRIVATE_DNS_ZONES,
  PRIVATE_DNS_ZONE_GROUPS,
  PRIVATE_ENDPOINTS,
  SECURITY_GROUPS,
  VIRTUAL_NETWORK_LINKS,
  subnets,
  virtualNetworks,
} from "./handlers";

export function networkRoutes(services: ArmServices): Routes {
  return {
    "Microsoft.Network/virtualNetworks": virtualNetworks(services),
    "Microsoft.Network/virtualNetworks/subnets": genericResource(services, subnets(services)),
    "Microsoft.Network/networkSecurityGroups": genericResource(services, SECURITY_GROUPS),
    "Microsoft.Network/privateDnsZones": genericResource(services, PRIVATE_DNS_ZONES),
    "Microsoft.Network/privateDnsZones/virtualNetworkLinks": genericResource(services, VIRTUAL_NETWORK_LINKS),
    "Microsoft.Network/privateEndpoints": genericResource(services, PRIVATE_ENDPOINTS),
    "Microsoft.Network/privateEndpoints/privateDnsZoneGroups": genericResource(services, PRIVATE_DNS_ZONE_GROUPS),
  };
}
