import * as pulumi from "@pulumi/pulumi";
import { checkQuota, needsQuota } from "../rollout/quota";
import type { FamilyQuota, VmSize } from "../rollout/quota";
import type { Violation } from "../values/violation";
import type { RolloutContext } from "./context";
import type { EndpointPath } from "../azure/ids";
import { armReader } from "../azure/armReader";
import { readInstanceCount, reasonOf } from "../azure/readEndpoint";
import { redact } from "../values/redact";
import { at } from "../values/shape";

/** The newest stable API version that lists both. */
const API_VERSION = "2024-04-01";
/** The quota type of a VM family for the whole subscription. */
const FAMILY_USAGE = "microsoft.machinelearningservices/vmfamily/usages";

/** Where the deployments are created. */
export interface DeploymentPlace {
  readonly location: string | undefined;
  /** The endpoint, when it exists. */
  readonly path: EndpointPath | undefined;
}

/**
 * Checks the quota of the region once in a run, before the first deployment is written. A quota that cannot be read,
 * for lack of permission or network, is logged and refuses nothing.
 */
export async function checkLiveQuota(context: RolloutContext, place: DeploymentPlace): Promise<Violation[]> {
  const { machines, memory, component } = context;
  const { location, path } = place;
  if (!machines.checkQuota || location === undefined || memory.quotaChecked === true) return [];
  memory.quotaChecked = true;
  const { sizes } = machines;
  try {
    const live = path === undefined ? {} : await readLiveCounts(context, path);
    if (!needsQuota(sizes, live)) return [];
    return checkQuota({ location, sizes, live, ...(await readQuota(component, location)) });
  } catch (error) {
    const reason = redact(reasonOf(error));
    await pulumi.log.info(`the quota of ${location} is not checked: ${reason}`, component);
    return [];
  }
}

async function readLiveCounts(
  { machines, component }: RolloutContext,
  path: EndpointPath,
): Promise<Readonly<Record<string, number>>> {
  const counts = Object.keys(machines.sizes).map(async (name) => {
    return [name, (await readInstanceCount(path, name, component)) ?? 0] as const;
  });
  return Object.fromEntries(await Promise.all(counts));
}

interface RegionQuota {
  readonly vmSizes: readonly VmSize[];
  readonly quotas: readonly FamilyQuota[];
}

async function readQuota(component: pulumi.ComponentResource, location: string): Promise<RegionQuota> {
  const arm = await armReader(component);
  const list = (what: string) =>
    arm.list(
      `providers/Microsoft.MachineLearningServices/locations/${plain(location)}/${what}?api-version=${API_VERSION}`,
    );
  const [sizes, usages] = await Promise.all([list("vmSizes"), list("usages")]);
  return {
    vmSizes: sizes.map((size) => ({
      name: String(at(size, ["name"])),
      family: String(at(size, ["family"])),
      cores: Number(at(size, ["vCPUs"])),
      gpus: Number(at(size, ["gpus"]) ?? 0),
    })),
    quotas: usages.filter(isFamily).map((usage) => ({
      family: String(at(usage, ["name", "value"])),
      used: Number(at(usage, ["currentValue"])),
      limit: Number(at(usage, ["limit"])),
    })),
  };
}

/** Workspaces and clusters have their own entries besides the subscription's. */
function isFamily(usage: unknown): boolean {
  return String(at(usage, ["type"])).toLowerCase() === FAMILY_USAGE;
}

/** `West Europe` is written `westeurope` in paths. */
function plain(location: string): string {
  return location.toLowerCase().replaceAll(" ", "");
}
