import { OnlineDeployment } from "@pulumi/azure-native/machinelearningservices/onlineDeployment";
import type { RoleAssignment } from "@pulumi/azure-native/authorization/roleAssignment";
import type { OnlineEndpoint } from "@pulumi/azure-native/machinelearningservices/onlineEndpoint";
import * as pulumi from "@pulumi/pulumi";
import { declaredTraffic } from "../checks/checkArgs";
import type { DeploymentArgs, ProgressiveMlflowEndpointArgs } from "../args";
import type { RolloutHooks } from "../hooks/createHooks";
import { endpointPath } from "../azure/ids";
import { endpointKind } from "../settings/kinds";
import { hasWeight } from "../rollout/weights";
import { declareAutoscale } from "./autoscale";
import { deploymentProperties } from "./deploymentProperties";
import type { ModelVersionIds } from "./models";
import type { WriteOrder } from "../hooks/writeOrder";
import { protection } from "../scope/scope";
import type { Scope, WorkspaceRef } from "../scope/scope";
import { firstInstanceCount } from "../settings/deployments";

/** A first deployment builds an image: usually 10 to 20 minutes, sometimes much longer. */
const TIMEOUTS = { create: "90m", update: "90m", delete: "60m" };

/**
 * The deployments, one after the other: Azure refuses an operation on a deployment while another runs on the same
 * endpoint.
 *
 * @param roles - the role assignments that the first one needs
 */
export function declareDeployments(
  scope: Scope,
  workspace: WorkspaceRef,
  endpoint: OnlineEndpoint,
  models: ModelVersionIds,
  roles: readonly RoleAssignment[],
  hooks: RolloutHooks,
  order: WriteOrder,
): readonly OnlineDeployment[] {
  const kind = endpointKind(scope.args);
  const declared: OnlineDeployment[] = [];
  const weights = { traffic: declaredTraffic(scope.args), mirrorTraffic: scope.args.mirrorTraffic ?? {} };
  for (const [deploymentName, args] of Object.entries(scope.args.deployments)) {
    const tags = deploymentTags(args, scope.args);
    const deployment = new OnlineDeployment(
      `${scope.name}-deployment-${deploymentName}`,
      {
        ...endpointPath(endpoint),
        deploymentName,
        location: workspace.location,
        kind,
        sku: { name: "Default", ...capacity(args) },
        ...(tags && { tags }),
        properties: deploymentProperties(args, models[args.modelVersion], kind),
      },
      {
        parent: scope.component,
        ...(hasWeight(weights, deploymentName) && protection(scope.args)),
        deletedWith: endpoint,
        dependsOn: order.beforeDeployment([...roles, ...declared.slice(-1)]),
        ignoreChanges: [
          ...["resourceGroupName", "workspaceName", "endpointName", "location"],
          // From then on the autoscale setting controls it.
          ...(args.autoscale ? ["sku.capacity"] : []),
        ],
        customTimeouts: TIMEOUTS,
        // Azure returns the variables in plain text, and they may be secret.
        ...(args.environmentVariables !== undefined && { additionalSecretOutputs: ["properties"] }),
        hooks: {
          beforeCreate: [hooks.beforeDeployment],
          beforeUpdate: [hooks.beforeDeployment],
          onError: [hooks.deploymentFailed],
        },
      },
    );
    if (args.autoscale) declareAutoscale(scope, workspace, deploymentName, deployment, args.autoscale);
    declared.push(deployment);
  }
  return declared;
}

/** The number of machines or pods; with target utilization only the cluster decides. */
function capacity({ instanceCount, autoscale, targetUtilizationScaling }: DeploymentArgs): { capacity?: number } {
  if (targetUtilizationScaling) return {};
  return { capacity: autoscale ? firstInstanceCount(autoscale) : (instanceCount ?? 1) };
}

function deploymentTags(
  { tags: own }: DeploymentArgs,
  { tags: all }: ProgressiveMlflowEndpointArgs,
): ProgressiveMlflowEndpointArgs["tags"] {
  if (own === undefined || all === undefined) return own ?? all;
  return pulumi.all([all, own]).apply(([shared, special]) => ({ ...shared, ...special }));
}
