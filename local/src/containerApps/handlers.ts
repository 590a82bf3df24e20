import { idOf, listOf, object, objectOf, optional, text } from "../arm/checks";
import type { ResourceRules } from "../arm/generic";
import { isObject, objectAt, toText } from "../common/json";
import type { Json } from "../common/json";
import { SUBNET } from "../network/records";

const ENVIRONMENT = "microsoft.app/managedenvironments";
const NAME: ResourceRules["name"] = [
  /^[a-z]([-a-z0-9]{0,30}[a-z0-9])?$/,
  "1 to 32 lower-case letters, digits and '-', a letter first and a letter or digit last",
];

/** The environments of container apps. */
export const MANAGED_ENVIRONMENT: ResourceRules = {
  name: [/^[a-zA-Z][-a-zA-Z0-9]{0,58}[a-zA-Z0-9]$/, "2 to 60 letters, digits and '-', a letter first"],
  location: "regional",
  checks: { "properties.vnetConfiguration.infrastructureSubnetId": optional(idOf(SUBNET)) },
  defaults: { zoneRedundant: false },
  adds: ({ id }) => ({ defaultDomain: `${id.names[0] ?? ""}.azurecontainerapps.io`, staticIp: "10.0.0.1" }),
};

/** Checked and stored; no container is started. */
export const CONTAINER_APP: ResourceRules = {
  name: NAME,
  location: "regional",
  checks: {
    "properties.environmentId": idOf(ENVIRONMENT),
    "properties.template.containers": listOf(objectOf({ name: text, image: text }), 1),
    "properties.configuration": optional(object),
    "properties.configuration.secrets": optional(listOf(objectOf({ name: text }))),
  },
  adds: ({ id }, properties) => {
    const name = id.names[0] ?? "";
    const environment = toText(properties["environmentId"]).split("/").at(-1) ?? "";
    return {
      configuration: answered(objectAt(properties, "configuration"), `${name}.${environment}.azurecontainerapps.io`),
      latestRevisionName: `${name}--0000001`,
      runningStatus: "Running",
    };
  },
};

/** A configuration without secret values, with its ingress host. */
function answered(configuration: Json, fqdn: string): Json {
  const { secrets, ingress, ...others } = configuration;
  const named = (Array.isArray(secrets) ? secrets.filter(isObject) : []).map(({ value: _, ...secret }) => secret);
  return {
    ...others,
    ...(named.length > 0 && { secrets: named }),
    ...(isObject(ingress) && { ingress: { ...ingress, fqdn } }),
  };
}
