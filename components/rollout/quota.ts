import { entryOf } from "../values/shape";
import type { Violation } from "../values/violation";
import { isSameName } from "../values/sameName";

/** The machines that a declared deployment needs. */
interface DeploymentSize {
  readonly instanceType: string;
  /** Machines at first. */
  readonly instances: number;
  /** Most machines with autoscale; the same number without it. */
  readonly mostInstances: number;
}

/** By deployment. */
export type DeploymentSizes = Readonly<Record<string, DeploymentSize>>;

/** A size of virtual machine, as a region lists it. */
export interface VmSize {
  readonly name: string;
  /** Such as `standardDSv2Family`. */
  readonly family: string;
  readonly cores: number;
  readonly gpus: number;
}

/** The quota of a family in a region, in cores. */
export interface FamilyQuota {
  /** Such as `Standard DSv2 Family Cluster Dedicated vCPUs`. */
  readonly family: string;
  readonly used: number;
  readonly limit: number;
}

/** The input of a quota check. */
export interface QuotaFacts {
  readonly location: string;
  readonly sizes: DeploymentSizes;
  /** Machines of existing deployments; they are already in use and count once. */
  readonly live: Readonly<Record<string, number>>;
  readonly vmSizes: readonly VmSize[];
  readonly quotas: readonly FamilyQuota[];
}

/**
 * Machines that Azure reserves for a deployment: a fifth more than it has, rounded up, for upgrades. Source: "Manage
 * and increase quotas", "Managed online endpoints".
 */
export function reservedInstances(instances: number): number {
  return Math.ceil((instances * 12) / 10);
}

/** Whether a deployment is new or has fewer machines than it is declared with, so quota is needed. */
export function needsQuota(sizes: DeploymentSizes, live: QuotaFacts["live"]): boolean {
  return Object.entries(sizes).some(([name, { instances }]) => instances > (entryOf(live, name) ?? 0));
}

/**
 * Families whose quota does not take the declared deployments beside everything that is in use, the deployments that
 * leave included: they are deleted after the others are made. A family or a size that the region does not list is not
 * checked, and neither is one without a limit.
 */
export function checkQuota({ location, sizes, live, vmSizes, quotas }: QuotaFacts): Violation[] {
  const needs = Object.entries(sizes).flatMap(([name, size]) => needOf(name, size, entryOf(live, name) ?? 0, vmSizes));
  return quotas.flatMap(({ family, used, limit }) => {
    const own = needs.filter((need) => plain(need.family) === plain(family));
    const more = own.reduce((sum, { cores }) => sum + cores, 0);
    if (limit < 0 || more <= 0 || used + more <= limit) return [];
    const rising = own.filter(({ cores }) => cores > 0);
    const reason =
      `${rising.map(({ text }) => text).join(", ")}: ${more} cores more, upgrades reserved, and of the ${limit} of ` +
      `${family} in ${location} ${used} are in use; declare fewer instances or an instanceType of another family, or ` +
      "ask Azure for more quota";
    return [{ path: "deployments", reason }];
  });
}

interface Need {
  readonly family: string;
  /** More than the deployment has now; less than 0 when it gives some back. */
  readonly cores: number;
  readonly text: string;
}

function needOf(name: string, { instanceType, instances }: DeploymentSize, live: number, sizes: readonly VmSize[]) {
  const size = sizes.find((each) => isSameName(each.name, instanceType));
  if (size === undefined) return [];
  // Some sizes with a GPU have no reserve; nothing is refused that Azure takes.
  const reserved = size.gpus > 0 ? (count: number) => count : reservedInstances;
  const cores = (reserved(instances) - reserved(live)) * size.cores;
  const text = `${name} goes from ${live} to ${instances} of ${size.name}`;
  return [{ family: size.family, cores, text } satisfies Need];
}

/** `standardDSv2Family` and `Standard DSv2 Family Cluster Dedicated vCPUs` are one family. */
function plain(family: string): string {
  return family
    .replace(/ cluster dedicated vcpus$/i, "")
    .replaceAll(" ", "")
    .toLowerCase();
}
