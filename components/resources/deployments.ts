import { OnlineDeployment } from "@pulumi/azure-native/machinelearningservices/onlineDeployment";
import type { OnlineEndpoint } from "@pulumi/azure-native/machinelearningservices/onlineEndpoint";
import type * as pulumi from "@pulumi/pulumi";
import type { DeploymentArgs } from "../args";
import type { RolloutHooks } from "../live/hooks";
import { endpointPath } from "../live/path";
import type { ModelVersionIds } from "./models";
import type { Scope, WorkspaceRef } from "./scope";

/** A first deployment builds an image; 10 to 20 minutes are common, much more has been seen. */
const TIMEOUTS = { create: "90m", update: "90m", delete: "60m" };

/**
 * The deployments, each after the one before: Azure refuses an operation on a deployment while another one runs on
 * the same endpoint.
 */
export function declareDeployments(
  scope: Scope,
  workspace: WorkspaceRef,
  endpoint: OnlineEndpoint,
  models: ModelVersionIds,
  hooks: RolloutHooks,
): readonly OnlineDeployment[] {
  const declared: OnlineDeployment[] = [];
  for (const [deploymentName, args] of Object.entries(scope.args.deployments)) {
    declared.push(
      new OnlineDeployment(
        `${scope.name}-deployment-${deploymentName}`,
        {
          ...endpointPath(endpoint),
          deploymentName,
          location: workspace.location,
          kind: "Managed",
          sku: { name: "Default", capacity: args.instanceCount ?? 1 },
          ...(scope.args.tags && { tags: scope.args.tags }),
          properties: deploymentProperties(args, models[args.modelVersion]),
        },
        {
          parent: scope.component,
          deletedWith: endpoint,
          dependsOn: declared.slice(-1),
          ignoreChanges: ["resourceGroupName", "workspaceName", "endpointName", "location"],
          customTimeouts: TIMEOUTS,
          hooks: {
            beforeCreate: [hooks.beforeDeployment],
            beforeUpdate: [hooks.beforeDeployment],
            onError: [hooks.deploymentFailed],
          },
        },
      ),
    );
  }
  return declared;
}

/** Written in full: the SDK fills in no default for this type. */
function deploymentProperties(args: DeploymentArgs, model: pulumi.Output<string> | undefined) {
  return {
    endpointComputeType: "Managed" as const,
    ...(model && { model }),
    instanceType: args.instanceType ?? "Standard_DS3_v2",
    scaleSettings: { scaleType: "Default" as const },
    requestSettings: { maxConcurrentRequestsPerInstance: 1, requestTimeout: "PT5S" },
    appInsightsEnabled: false,
    egressPublicNetworkAccess: "Enabled",
  };
}
