import type { Store } from "../arm/store";
import { isObject, objectAt, toText } from "../common/json";
import type { Json } from "../common/json";

export const DIAGNOSTIC_SETTING = "microsoft.insights/diagnosticsettings";

export const ACTION_GROUP = "microsoft.insights/actiongroups";

export const AUTOSCALE_SETTING = "microsoft.insights/autoscalesettings";

/** The setting's target as its id in lower case. */
export function targetOf(document: Json): string {
  return toText(objectAt(document, "properties")["targetResourceUri"]).toLowerCase();
}

/**
 * The number of instances that autoscale leaves a resource: what it has, within the capacity of the first profile of its
 * setting. Rules are not evaluated.
 */
export function autoscaledCapacity(store: Pick<Store, "all">, id: string, capacity: number): number {
  const setting = store
    .all()
    .find(({ type, document }) => type === AUTOSCALE_SETTING && targetOf(document) === id.toLowerCase());
  const { enabled, profiles } = objectAt(setting?.document, "properties");
  const first: unknown = Array.isArray(profiles) ? profiles[0] : undefined;
  if (enabled !== true || !isObject(first)) return capacity;
  const { minimum, maximum } = objectAt(first, "capacity");
  return Math.min(Math.max(capacity, Number(minimum)), Number(maximum));
}
