import { isValues } from "../values";
import type { Values } from "../values";
import type { ResourceType } from "./resourceTypes";

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
  "etag",
]);

/** Inputs with the changes that somebody else made, as azure-native puts them there when it reads a resource. */
export function mergeDrift(inputs: Values, before: Values, after: Values): Values {
  const merged = { ...inputs };
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (READ_ONLY.has(key) || JSON.stringify(before[key]) === JSON.stringify(after[key])) continue;
    const [old, now, own] = [before[key], after[key], inputs[key]];
    if (now === undefined) delete merged[key];
    else merged[key] = isValues(old) && isValues(now) ? mergeDrift(isValues(own) ? own : {}, old, now) : now;
  }
  return merged;
}

/** The inputs that an imported resource would have been written with. */
export function writableInputs({ hasLocation }: ResourceType, outputs: Values): Values {
  const entries = Object.entries(outputs).filter(([key, value]) => !READ_ONLY.has(key) && value !== null);
  const inputs = Object.fromEntries(
    entries.map(([key, value]) => [key, isValues(value) && key === "properties" ? writable(value) : value]),
  );
  if (hasLocation !== true) delete inputs["location"];
  return inputs;
}

function writable(properties: Values): Values {
  return Object.fromEntries(Object.entries(properties).filter(([key, value]) => !READ_ONLY.has(key) && value !== null));
}
