import { isObject, objectAt } from "../common/json";
import type { Json } from "../common/json";
import { anyId, idOf, listOf, objectOf, optional, text } from "../arm/checks";
import { badRequest } from "../arm/errors";
import type { GenericRules } from "../arm/generic";
import { NETWORK_NAME, PRIVATE_DNS_ZONE } from "./networkTypes";
import { SUBNET } from "./virtualNetworks";

const connections = optional(
  listOf(
    objectOf({
      name: text,
      properties: objectOf({ privateLinkServiceId: anyId, groupIds: optional(listOf(text)) }),
    }),
  ),
);
const LISTS = ["privateLinkServiceConnections", "manualPrivateLinkServiceConnections"] as const;

/** Private endpoints: connections that are made by hand wait for an approval that nobody gives here. */
export const PRIVATE_ENDPOINTS: GenericRules = {
  name: NETWORK_NAME,
  location: "regional",
  checks: {
    "properties.subnet.id": idOf(SUBNET),
    "properties.privateLinkServiceConnections": connections,
    "properties.manualPrivateLinkServiceConnections": connections,
  },
  refuse: (_, body) => {
    const properties = objectAt(body, "properties");
    if (LISTS.some((key) => listAt(properties, key).length > 0)) return;
    // assumed text
    throw badRequest("InvalidRequestFormat", "A private endpoint needs a privateLinkServiceConnection.");
  },
  defaults: { customDnsConfigs: [] },
  adds: ({ id }, properties) => ({
    networkInterfaces: [{ id: `${id.scope}/providers/Microsoft.Network/networkInterfaces/${id.names[0] ?? ""}.nic` }],
    privateLinkServiceConnections: listAt(properties, LISTS[0]).map(withState("Approved", "Auto-Approved")),
    manualPrivateLinkServiceConnections: listAt(properties, LISTS[1]).map(withState("Pending", "Awaiting Approval")),
  }),
};

/** Where the names of a private endpoint are registered. */
export const PRIVATE_DNS_ZONE_GROUPS: GenericRules = {
  name: NETWORK_NAME,
  checks: {
    "properties.privateDnsZoneConfigs": optional(
      listOf(objectOf({ name: text, properties: objectOf({ privateDnsZoneId: idOf(PRIVATE_DNS_ZONE) }) })),
    ),
  },
  defaults: { privateDnsZoneConfigs: [] },
};

function listAt(properties: Json, key: string): readonly Json[] {
  const list = properties[key];
  return Array.isArray(list) ? list.filter(isObject) : [];
}

function withState(status: string, description: string): (connection: Json) => Json {
  const privateLinkServiceConnectionState = { status, description, actionsRequired: "None" };
  return (connection) => ({
    ...connection,
    properties: {
      ...objectAt(connection, "properties"),
      privateLinkServiceConnectionState,
      provisioningState: "Succeeded",
    },
  });
}
