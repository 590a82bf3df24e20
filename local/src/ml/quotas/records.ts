import type { Resource } from "../../arm/store";
import { isObject, objectAt, toText } from "../../common/json";
import type { Json } from "../../common/json";
import { ONLINE_DEPLOYMENT } from "../endpoints/records";
import type { CoreLimits } from "../shared/services";

/** Assumed for families without a given limit; a new subscription has fewer. */
export const DEFAULT_LIMIT = 10_000;

const INSTANCE_TYPE = /^Standard_([A-Z]+)(\d+)([a-z]*)(?:_(v\d+))?$/i;

/** Sizes of the D and DS series v2, whose numbers do not give the cores. */
const D_V2: Readonly<Record<number, number>> = {
  ...{ 1: 1, 2: 2, 3: 4, 4: 8, 5: 16 },
  ...{ 11: 2, 12: 4, 13: 8, 14: 16, 15: 20 },
};

/** The family of an instance type, as the list of usages names it, and the cores of one instance. */
export function vmSize(instanceType: string): { readonly family: string; readonly cores: number } {
  const [, series = "", size = "0", features = "", version = ""] = INSTANCE_TYPE.exec(instanceType) ?? [];
  const [letters, number] = [series.toUpperCase(), Number(size)];
  const isDv2 = /^DS?$/.test(letters) && version.toLowerCase() === "v2";
  return {
    family: `Standard ${letters}${features.toUpperCase()}${version.toLowerCase()} Family Cluster Dedicated vCPUs`,
    cores: (isDv2 ? D_V2[number] : undefined) ?? number,
  };
}

/** Cores that a deployment reserves: a fifth more instances than it has, for upgrades ("how-to-manage-quotas"). */
function reservedCores(cores: number, instances: number): number {
  return Math.ceil((instances * 12) / 10) * cores;
}

export function familiesOf(limits: CoreLimits, used: ReadonlyMap<string, number>): readonly string[] {
  return [...new Set([...Object.keys(limits), ...used.keys()])].toSorted();
}

export function usedCores(resources: readonly Resource[], location: string): ReadonlyMap<string, number> {
  const used = new Map<string, number>();
  for (const { type, document } of resources) {
    if (type !== ONLINE_DEPLOYMENT || document["location"] !== location) continue;
    const need = needOf(document);
    if (need !== undefined) used.set(need.family, (used.get(need.family) ?? 0) + need.cores);
  }
  return used;
}

interface Need {
  readonly instanceType: string;
  readonly family: string;
  readonly cores: number;
}

/** Cores that a deployment needs; none on Kubernetes. */
export function needOf(body: unknown): Need | undefined {
  const properties = objectAt(body, "properties");
  if (properties["endpointComputeType"] !== "Managed") return undefined;
  const instanceType = toText(properties["instanceType"] ?? "Standard_F4s_v2");
  const { family, cores } = vmSize(instanceType);
  return { instanceType, family, cores: reservedCores(cores, capacityOf(body)) };
}

function capacityOf(body: unknown): number {
  const sku: Json = isObject(body) ? objectAt(body, "sku") : {};
  return typeof sku["capacity"] === "number" ? sku["capacity"] : 1;
}
