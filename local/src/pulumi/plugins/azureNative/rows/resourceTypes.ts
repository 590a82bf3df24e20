import { isValues, withoutNulls } from "../../values";
import type { Values } from "../../values";
import { MACHINE_LEARNING } from "./machineLearning";
import { MONITOR } from "./monitor";
import { NETWORKS } from "./network";
import type { ResourceType, Rows } from "./resourceType";
import { SERVICES } from "./services";
import { fromArm, toArm } from "./shape";

/** The types that azure-native 3.28.0 knows and that have a stand-in, by module and name. */
export const TYPES: Rows = { ...SERVICES, ...MACHINE_LEARNING, ...MONITOR, ...NETWORKS };

/** The type behind a token such as `azure-native:machinelearningservices:OnlineEndpoint`, with or without a version. */
export function resourceType(token: string): ResourceType {
  const [, module = "", name = ""] = token.split(":");
  const type = TYPES[`${module.split("/")[0] ?? ""}:${name}`];
  if (type !== undefined) return type;
  throw new Error(
    `${token} has no stand-in; install the azure-native plugin, or use one of ${Object.keys(TYPES).join(", ")}`,
  );
}

/** Names of the arguments that are part of the path: a change of one of them replaces the resource. */
export function pathArguments({ path }: ResourceType): readonly string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? "");
}

/** Whether a change at a path such as `properties.keys.primaryKey` replaces the resource. */
export function isReplacing(type: ResourceType, path: string): boolean {
  const replacing = [...pathArguments(type), "location", ...(type.replacing ?? [])];
  return replacing.some((each) => path === each || path.startsWith(`${each}.`) || path.startsWith(`${each}[`));
}

export function resourceId(type: ResourceType, subscriptionId: string, inputs: Values): string {
  const path = type.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(inputs[name]));
  if (isExtension(type)) return `/${path.replace(/^\/+/, "").replace(/\/+(?=\/providers\/)/, "")}`;
  return `/subscriptions/${subscriptionId}${path}`;
}

/** The path arguments of a resource, from its id. */
export function argumentsOfId(type: ResourceType, id: string): Values {
  const segments = type.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => `(?<${name}>[^/]+)`);
  const pattern = isExtension(type) ? segments.replace("[^/]+", ".+") : `/subscriptions/[^/]+${segments}`;
  return { ...new RegExp(`^${pattern}$`, "i").exec(id)?.groups };
}

/** Inputs that azure-native adds by itself, and sends nowhere. */
export const OWN_INPUTS = { apiVersion: "azureApiVersion", createBeforeDelete: "__createBeforeDelete" } as const;

/** The body of a PUT, from the arguments of the SDK. */
export function toBody(type: ResourceType, inputs: Values): Values {
  const kept = new Set<string>([...pathArguments(type), ...Object.values(OWN_INPUTS)]);
  const given = Object.fromEntries(Object.entries(inputs).filter(([key]) => !kept.has(key)));
  const identified = isValues(given["identity"]) ? { ...given, identity: identityToArm(given["identity"]) } : given;
  return toArm(type, identified);
}

/** The outputs of the SDK, from a document of ARM. */
export function toOutputs(type: ResourceType, document: Values): Values {
  const { nestedOutputs = false, apiVersion } = type;
  const outputs = withoutNulls(nestedOutputs ? document : fromArm(type, document));
  return { ...outputs, [OWN_INPUTS.apiVersion]: apiVersion };
}

/** Lists of resources of their own that the program does not name; their names in ARM, below `properties`. */
export function unnamedSubResources({ subResources = [], envelope }: ResourceType, inputs: Values): readonly string[] {
  const named = envelope === undefined ? inputs["properties"] : inputs;
  return subResources.filter((key) => !isValues(named) || named[key] === undefined);
}

/** Outputs with the names that the arguments have. */
export function outputsAsArguments(type: ResourceType, outputs: Values): Values {
  const flat = type.nestedOutputs === true ? fromArm(type, outputs) : outputs;
  return isValues(flat["identity"]) ? { ...flat, identity: identityFromArm(flat["identity"]) } : flat;
}

/** An extension stands on a resource that its path begins with. */
function isExtension({ path }: ResourceType): boolean {
  return path.startsWith("{");
}

/** The SDK lists user-assigned identities; ARM has a map of them. */
function identityToArm(identity: Values): Values {
  const ids = identity["userAssignedIdentities"];
  if (!Array.isArray(ids)) return identity;
  return { ...identity, userAssignedIdentities: Object.fromEntries(ids.map((id: unknown) => [String(id), {}])) };
}

function identityFromArm({ type, userAssignedIdentities }: Values): Values {
  const ids = isValues(userAssignedIdentities) ? Object.keys(userAssignedIdentities).toSorted() : [];
  return ids.length === 0 ? { type } : { type, userAssignedIdentities: ids };
}
