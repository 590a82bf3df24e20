import type { ProgressiveMlflowEndpointArgs } from "../args";
import { dailyCost } from "./cost";
import type { DailyCost } from "./cost";
import { endpointKind } from "../settings/kinds";
import type { CountSource } from "./liveCount";
import type { DeploymentSizes } from "./quota";
import { firstInstanceCount, DEFAULT_INSTANCE_TYPE } from "../settings/deployments";

/** The machines of the declared deployments; empty on Kubernetes. */
export interface Machines {
  readonly sizes: DeploymentSizes;
  /** Whether the quota of the subscription is read. */
  readonly checkQuota: boolean;
  /** Set when prices are declared. */
  readonly cost?: DailyCost;
}

export function machinesOf(args: ProgressiveMlflowEndpointArgs): Machines {
  if (endpointKind(args) !== "Managed") return { sizes: {}, checkQuota: false };
  const sizes = Object.fromEntries(
    Object.entries(args.deployments).map(([name, { instanceType, instanceCount, autoscale }]) => {
      const instances = autoscale ? firstInstanceCount(autoscale) : (instanceCount ?? 1);
      const mostInstances = autoscale?.maximumInstanceCount ?? instances;
      return [name, { instanceType: instanceType ?? DEFAULT_INSTANCE_TYPE, instances, mostInstances }];
    }),
  );
  const { checkQuota = true, hourlyPrices, currency } = args;
  const prices = hourlyPrices && { hourlyPrices, ...(currency !== undefined && { currency }) };
  return { sizes, checkQuota, ...(prices && { cost: dailyCost(sizes, prices) }) };
}

/** Who controls each declared deployment's instance count. */
export function countSourcesOf({ deployments }: ProgressiveMlflowEndpointArgs): Readonly<Record<string, CountSource>> {
  return Object.fromEntries(
    Object.entries(deployments).map(([name, { instanceCount, autoscale }]): [string, CountSource] => {
      if (autoscale !== undefined) return [name, "autoscale"];
      return [name, instanceCount === undefined ? "default" : "declared"];
    }),
  );
}
