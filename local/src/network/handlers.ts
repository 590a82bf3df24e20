import { addressPrefix, anyId, bool, idOf, listOf, object, objectOf, optional, text } from "../arm/checks";
import { genericResource } from "../arm/generic";
import type { ResourceRules } from "../arm/generic";
import type { ResourceHandler } from "../arm/resourceHandler";
import type { ArmServices } from "../arm/services";
import type { Resource } from "../arm/store";
import { isObject, objectAt, toText } from "../common/json";
import type { Json } from "../common/json";
import { PRIVATE_DNS_ZONE, SUBNET, SUBNET_TYPE, VIRTUAL_NETWORK } from "./records";
import { connectionMissing, requirePrefix, requireUnused } from "./refusals";

const NAME: NonNullable<ResourceRules["name"]> = [
  /^[a-zA-Z0-9]([-\w.]{0,78}\w)?$/,
  "up to 80 word characters, '.' and '-', beginning with a letter or digit and ending with a word character",
];

const PREFIX = { addressPrefix: optional(addressPrefix), addressPrefixes: optional(listOf(addressPrefix, 1)) };
const LISTS = ["privateLinkServiceConnections", "manualPrivateLinkServiceConnections"] as const;

/** Virtual networks. Their subnets are resources of their own that are written with them too. */
export function virtualNetworks(services: Pick<ArmServices, "store" | "tenancy">): ResourceHandler {
  const { store } = services;
  const answered = ({ id, document }: Resource): Json => ({
    ...document,
    properties: {
      ...objectAt(document, "properties"),
      subnets: store.list(SUBNET, id).map((subnet) => subnet.document),
    },
  });
  const handler = genericResource(services, {
    name: NAME,
    location: "regional",
    checks: {
      "properties.addressSpace.addressPrefixes": listOf(addressPrefix, 1),
      "properties.subnets": optional(listOf(objectOf({ name: text, properties: objectOf(PREFIX) }))),
    },
    refuse: ({ id }, body) => {
      const given = subnetsOf(body);
      if (given === undefined) return;
      for (const subnet of given) requirePrefix(subnet);
      const names = new Set(given.map(({ name }) => toText(name).toLowerCase()));
      for (const subnet of store.list(SUBNET, id.text)) {
        if (!names.has(String(subnet.document["name"]).toLowerCase())) requireUnused(services, subnet);
      }
    },
    written: (network) => {
      const given = subnetsOf(network.document);
      const { subnets: _, ...properties } = objectAt(network.document, "properties");
      network.document = { ...network.document, properties };
      if (given !== undefined) writeSubnets(services, network, given);
    },
    removing: (network) => {
      for (const subnet of store.list(SUBNET, network.id)) requireUnused(services, subnet);
    },
  });
  /** Answers with the subnets, which are kept apart. */
  const withSubnets =
    (handle: ResourceHandler["get"]): NonNullable<ResourceHandler["get"]> =>
    async (request) => {
      const reply = (await handle?.(request)) ?? { status: 405 };
      const network = store.get(request.id.text);
      return network === undefined ? reply : { ...reply, body: answered(network) };
    };
  return {
    ...handler,
    get: withSubnets(handler.get),
    put: withSubnets(handler.put),
    patch: withSubnets(handler.patch),
    list: ({ id }) => ({
      status: 200,
      body: { value: store.list("microsoft.network/virtualnetworks", id.text).map(answered) },
    }),
  };
}

/** Subnets that are written by themselves. */
export function subnets(services: Pick<ArmServices, "store">): ResourceRules {
  return {
    name: NAME,
    checks: { "properties.addressPrefix": PREFIX.addressPrefix, "properties.addressPrefixes": PREFIX.addressPrefixes },
    refuse: (_, body) => requirePrefix(body),
    defaults: { privateEndpointNetworkPolicies: "Disabled", privateLinkServiceNetworkPolicies: "Enabled" },
    removing: (subnet) => requireUnused(services, subnet),
  };
}

function subnetsOf(body: Json): readonly Json[] | undefined {
  const { subnets: given } = objectAt(body, "properties");
  return Array.isArray(given) ? given.filter(isObject) : undefined;
}

function writeSubnets({ store }: Pick<ArmServices, "store">, network: Resource, given: readonly Json[]): void {
  const gone = new Map(store.list(SUBNET, network.id).map((subnet) => [subnet.id.toLowerCase(), subnet.id]));
  for (const { name, properties } of given) {
    const path = `${network.id}/subnets/${toText(name)}`;
    const id = store.get(path)?.id ?? path;
    const kept = { ...objectAt({ properties }, "properties"), provisioningState: "Succeeded" };
    store.put({ id, type: SUBNET, document: { id, name, type: SUBNET_TYPE, properties: kept }, hidden: {} });
    gone.delete(id.toLowerCase());
  }
  for (const id of gone.values()) store.remove(id);
}

const connections = optional(
  listOf(
    objectOf({
      name: text,
      properties: objectOf({ privateLinkServiceId: anyId, groupIds: optional(listOf(text)) }),
    }),
  ),
);

/** Private endpoints: connections that are made by hand wait for an approval that nobody gives here. */
export const PRIVATE_ENDPOINTS: ResourceRules = {
  name: NAME,
  location: "regional",
  checks: {
    "properties.subnet.id": idOf(SUBNET),
    "properties.privateLinkServiceConnections": connections,
    "properties.manualPrivateLinkServiceConnections": connections,
  },
  refuse: (_, body) => {
    const properties = objectAt(body, "properties");
    if (LISTS.some((key) => listAt(properties, key).length > 0)) return;
    throw connectionMissing();
  },
  defaults: { customDnsConfigs: [] },
  adds: ({ id }, properties) => ({
    networkInterfaces: [{ id: `${id.scope}/providers/Microsoft.Network/networkInterfaces/${id.names[0] ?? ""}.nic` }],
    privateLinkServiceConnections: listAt(properties, LISTS[0]).map(withState("Approved", "Auto-Approved")),
    manualPrivateLinkServiceConnections: listAt(properties, LISTS[1]).map(withState("Pending", "Awaiting Approval")),
  }),
};

/** Where the names of a private endpoint are registered. */
export const PRIVATE_DNS_ZONE_GROUPS: ResourceRules = {
  name: NAME,
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

/** Kept and checked, as all of networks: nothing is routed or resolved by it. */
export const SECURITY_GROUPS: ResourceRules = {
  name: NAME,
  location: "regional",
  checks: { "properties.securityRules": optional(listOf(object)) },
  defaults: { securityRules: [] },
};

export const PRIVATE_DNS_ZONES: ResourceRules = {
  name: [/^(?=.{1,253}$)([a-z0-9_-]{1,63}\.)+[a-z0-9_-]{1,63}$/i, "a domain name of 2 to 34 labels"],
  location: "global",
  defaults: { numberOfRecordSets: 1, maxNumberOfRecordSets: 25_000 },
};

export const VIRTUAL_NETWORK_LINKS: ResourceRules = {
  name: NAME,
  location: "global",
  checks: {
    "properties.virtualNetwork.id": idOf(VIRTUAL_NETWORK),
    "properties.registrationEnabled": bool,
  },
  adds: () => ({ virtualNetworkLinkState: "Completed" }),
};
