import { addressPrefix, bool, idOf, listOf, object, optional } from "../arm/checks";
import type { GenericRules } from "../arm/generic";

const NAME: GenericRules["name"] = [
  /^[a-zA-Z0-9]([-\w.]{0,78}\w)?$/,
  "up to 80 word characters, '.' and '-', beginning with a letter or digit and ending with a word character",
];
export const VIRTUAL_NETWORK = "microsoft.network/virtualnetworks";
export const PRIVATE_DNS_ZONE = "microsoft.network/privatednszones";

/** Kept and checked, as all of networks: nothing is routed or resolved by it. */
export const SECURITY_GROUPS: GenericRules = {
  name: NAME,
  location: "regional",
  checks: { "properties.securityRules": optional(listOf(object)) },
  defaults: { securityRules: [] },
};

export const PRIVATE_DNS_ZONES: GenericRules = {
  name: [/^(?=.{1,253}$)([a-z0-9_-]{1,63}\.)+[a-z0-9_-]{1,63}$/i, "a domain name of 2 to 34 labels"],
  location: "global",
  defaults: { numberOfRecordSets: 1, maxNumberOfRecordSets: 25_000 },
};

export const VIRTUAL_NETWORK_LINKS: GenericRules = {
  name: NAME,
  location: "global",
  checks: {
    "properties.virtualNetwork.id": idOf(VIRTUAL_NETWORK),
    "properties.registrationEnabled": bool,
  },
  adds: () => ({ virtualNetworkLinkState: "Completed" }),
};

export const NETWORK_NAME = NAME;
export const ADDRESS_SPACE = { "properties.addressSpace.addressPrefixes": listOf(addressPrefix, 1) };
