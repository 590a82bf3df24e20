import { isObject, objectAt, shown } from "../common/json";
import type { Json } from "../common/json";
import { addressPrefix, listOf, objectOf, optional, text } from "../arm/checks";
import { badRequest } from "../arm/errors";
import { genericResource } from "../arm/generic";
import type { GenericRules } from "../arm/generic";
import type { ResourceHandler } from "../arm/resourceHandler";
import type { ArmServices } from "../arm/services";
import type { Resource } from "../arm/store";
import { NETWORK_NAME } from "./networkTypes";

const TYPE = "Microsoft.Network/virtualNetworks/subnets";
export const SUBNET = TYPE.toLowerCase();
const PREFIX = { addressPrefix: optional(addressPrefix), addressPrefixes: optional(listOf(addressPrefix, 1)) };

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
    name: NETWORK_NAME,
    location: "regional",
    checks: {
      "properties.addressSpace.addressPrefixes": listOf(addressPrefix, 1),
      "properties.subnets": optional(listOf(objectOf({ name: text, properties: objectOf(PREFIX) }))),
    },
    refuse: ({ id }, body) => {
      const given = subnetsOf(body);
      if (given === undefined) return;
      for (const subnet of given) requirePrefix(subnet);
      const names = new Set(given.map(({ name }) => shown(name).toLowerCase()));
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
export function subnets(services: Pick<ArmServices, "store">): GenericRules {
  return {
    name: NETWORK_NAME,
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
    const path = `${network.id}/subnets/${shown(name)}`;
    const id = store.get(path)?.id ?? path;
    const kept = { ...objectAt({ properties }, "properties"), provisioningState: "Succeeded" };
    store.put({ id, type: SUBNET, document: { id, name, type: TYPE, properties: kept }, hidden: {} });
    gone.delete(id.toLowerCase());
  }
  for (const id of gone.values()) store.remove(id);
}

/** assumed text */
function requirePrefix({ name, properties }: Json): void {
  const given = objectAt({ properties }, "properties");
  if (given["addressPrefix"] !== undefined || given["addressPrefixes"] !== undefined) return;
  throw badRequest(
    "NoAddressPrefixProvided",
    `The subnet ${typeof name === "string" ? `${name} ` : ""}needs an addressPrefix or addressPrefixes.`,
  );
}

/** A subnet stays as long as something is in it. */
function requireUnused({ store }: Pick<ArmServices, "store">, subnet: Resource): void {
  const user = store.all().find(({ document }) => {
    const { id } = objectAt(objectAt(document, "properties"), "subnet");
    return typeof id === "string" && id.toLowerCase() === subnet.id.toLowerCase();
  });
  if (user === undefined) return;
  throw badRequest(
    "InUseSubnetCannotBeDeleted",
    `Subnet ${String(subnet.document["name"])} is in use by ${user.id} and cannot be deleted. In order to delete the subnet, delete all the resources within the subnet. See aka.ms/deletesubnet.`,
  );
}
