import { isDeepStrictEqual } from "node:util";
import { isValues } from "../values";
import type { Values } from "../values";
import type { ResourceType } from "./rows/resourceType";
import { unnamedSubResources } from "./rows/resourceTypes";

/** What Azure adds and no program writes. */
const READ_ONLY = new Set([
  "id",
  "name",
  "type",
  "azureApiVersion",
  "systemData",
  "provisioningState",
  "scoringUri",
  "swaggerUri",
  "principalId",
  "tenantId",
  "clientId",
  "etag",
  "createdBy",
  "createdOn",
  "updatedBy",
  "updatedOn",
  "creationDate",
  "createdDate",
  "modifiedDate",
  "lastUpdatedTime",
  "secretUri",
  "secretUriWithVersion",
  "networkInterfaces",
  "privateLinkServiceConnectionState",
  "virtualNetworkLinkState",
  "latestVersion",
  "nextVersion",
  "appId",
  "applicationId",
  "connectionString",
  "instrumentationKey",
  "hockeyAppToken",
  "laMigrationDate",
  "privateLinkScopedResources",
]);

/** Inputs with the changes that somebody else made, as azure-native puts them there when it reads a resource. */
export function mergeDrift(inputs: Values, before: Values, after: Values, written: readonly string[] = []): Values {
  const merged = { ...inputs };
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (isReadOnly(key, written) || isDeepStrictEqual(before[key], after[key])) continue;
    const [old, now, own] = [before[key], after[key], inputs[key]];
    if (now === undefined) delete merged[key];
    else merged[key] = isValues(old) && isValues(now) ? mergeDrift(isValues(own) ? own : {}, old, now, written) : now;
  }
  return merged;
}

/** Values without the resources of their own that the program names none of. */
export function withoutSubResources(type: ResourceType, inputs: Values, outputs: Values): Values {
  const unnamed = new Set(unnamedSubResources(type, inputs));
  const without = (values: Values): Values =>
    Object.fromEntries(Object.entries(values).filter(([key]) => !unnamed.has(key)));
  if (type.envelope !== undefined) return without(outputs);
  const { properties } = outputs;
  return isValues(properties) ? { ...outputs, properties: without(properties) } : outputs;
}

/** The inputs that an imported resource would have been written with. */
export function writableInputs({ hasLocation, written = [] }: ResourceType, outputs: Values): Values {
  const entries = Object.entries(outputs).filter(([key, value]) => !isReadOnly(key, written) && value !== null);
  const inputs = Object.fromEntries(
    entries.map(([key, value]) => [key, isValues(value) && key === "properties" ? writable(value, written) : value]),
  );
  if (hasLocation !== true) delete inputs["location"];
  return inputs;
}

function writable(properties: Values, written: readonly string[]): Values {
  const entries = Object.entries(properties).filter(([key, value]) => !isReadOnly(key, written) && value !== null);
  return Object.fromEntries(entries);
}

function isReadOnly(key: string, written: readonly string[]): boolean {
  return READ_ONLY.has(key) && !written.includes(key);
}
