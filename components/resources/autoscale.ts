import type { OnlineDeployment } from "@pulumi/azure-native/machinelearningservices/onlineDeployment";
import type { AutoscaleSetting } from "@pulumi/azure-native/monitor/autoscaleSetting";
import type * as inputs from "@pulumi/azure-native/types/input";
import * as pulumi from "@pulumi/pulumi";
import { DEFAULT_THRESHOLDS } from "../args/autoscale";
import type { AutoscaleArgs, ScaleRuleArgs } from "../args/autoscale";
import { parseEndpointId } from "../azure/ids";
import { isoSeconds } from "./deploymentProperties";
import type { Scope, WorkspaceRef } from "../scope/scope";
import { firstInstanceCount } from "../settings/deployments";
import { optional } from "./optionalTypes";

/** One value a minute, averaged over five. */
const WINDOW = { timeGrain: "PT1M", timeWindow: "PT5M", statistic: "Average", timeAggregation: "Average" } as const;

/**
 * The autoscale setting of a deployment. It depends on the deployment, so it is deleted first; not `deletedWith`, since
 * Azure keeps the setting of a deleted deployment.
 */
export function declareAutoscale(
  { name, args: { tags }, component }: Scope,
  workspace: WorkspaceRef,
  deploymentName: string,
  deployment: OnlineDeployment,
  args: AutoscaleArgs,
): AutoscaleSetting {
  const path = deployment.id.apply(parseEndpointId);
  return new optional.AutoscaleSetting(
    `${name}-autoscale-${deploymentName}`,
    {
      resourceGroupName: path.resourceGroupName,
      autoscaleSettingName: pulumi.interpolate`autoscale-${path.endpointName}-${deploymentName}`,
      location: workspace.location,
      ...(tags && { tags }),
      enabled: true,
      targetResourceUri: deployment.id,
      profiles: [profile(args, deployment.id)],
    },
    { parent: component, ignoreChanges: ["location"] },
  );
}

function profile(args: AutoscaleArgs, deploymentId: pulumi.Output<string>): inputs.monitor.AutoscaleProfileArgs {
  const metric = { ...WINDOW, metricName: args.metric ?? "CpuUtilizationPercentage", metricResourceUri: deploymentId };
  const { scaleOut, scaleIn } = args;
  return {
    name: "default",
    capacity: {
      minimum: String(args.minimumInstanceCount),
      maximum: String(args.maximumInstanceCount),
      default: String(firstInstanceCount(args)),
    },
    rules: [
      {
        metricTrigger: {
          ...metric,
          operator: "GreaterThan",
          threshold: scaleOut?.threshold ?? DEFAULT_THRESHOLDS.scaleOut,
        },
        scaleAction: scaleAction("Increase", scaleOut),
      },
      {
        metricTrigger: {
          ...metric,
          operator: "LessThan",
          threshold: scaleIn?.threshold ?? DEFAULT_THRESHOLDS.scaleIn,
        },
        scaleAction: scaleAction("Decrease", scaleIn),
      },
    ],
  };
}

function scaleAction(direction: "Increase" | "Decrease", rule: ScaleRuleArgs = {}): inputs.monitor.ScaleActionArgs {
  return {
    direction,
    type: "ChangeCount",
    value: String(rule.instanceCount ?? 1),
    cooldown: isoSeconds(rule.cooldownSeconds ?? 300),
  };
}
