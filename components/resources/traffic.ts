import type { OnlineDeployment } from "@pulumi/azure-native/machinelearningservices/onlineDeployment";
import type { OnlineEndpoint } from "@pulumi/azure-native/machinelearningservices/onlineEndpoint";
import { Deployment } from "@pulumi/azure-native/resources/deployment";
import * as pulumi from "@pulumi/pulumi";
import type { RolloutHooks } from "../live/hooks";
import { endpointPath, parseEndpointId } from "../live/path";
import { readEndpoint } from "../live/readEndpoint";
import type { LiveEndpoint } from "../live/readEndpoint";
import { endpointTags } from "../rollout/record";
import type { TrafficState } from "../rollout/weights";
import { childrenOf } from "../live/sdkInternals";
import type { EndpointDeclaration } from "./endpoint";
import { armIdentity } from "./identity";
import type { Scope } from "./scope";
import { trafficTemplate } from "./trafficTemplate";

export interface TrafficDeclaration {
  readonly state: TrafficState;
  readonly now: Date;
  /** The endpoint before the step; see {@link liveBeforeStep}. */
  readonly live: pulumi.Output<LiveEndpoint | undefined>;
}

/**
 * The live endpoint when all deployments are settled. One that cannot be read gets a step like one that differs: the
 * hook of the step then says why.
 */
export function liveBeforeStep(
  component: pulumi.ComponentResource,
  endpoint: OnlineEndpoint,
  deployments: readonly OnlineDeployment[],
): pulumi.Output<LiveEndpoint | undefined> {
  const settled = pulumi.all([endpoint.id, ...deployments.map(({ id }) => id)]);
  return settled.apply(([id]) => readEndpoint(parseEndpointId(id ?? ""), component).catch(() => undefined));
}

/**
 * The traffic step: the only writer of the endpoint after its creation. It comes after all deployments, and the engine
 * deletes what left the program after it; its hooks refuse a forbidden step and verify what was written.
 *
 * It is not `deletedWith` the endpoint: its record would stay in Azure and block the next create.
 *
 * When hardened it is protected and comes after everything: so a destroy begins with it, and nothing is deleted. With the
 * endpoint alone protected, the engine would drop the deployments, which are deleted with it, from the state.
 */
export function declareTraffic(
  scope: Scope,
  declared: EndpointDeclaration,
  endpoint: OnlineEndpoint,
  deployments: readonly OnlineDeployment[],
  traffic: TrafficDeclaration,
  hooks: RolloutHooks,
): Deployment {
  const path = endpointPath(endpoint);
  const hardened = scope.args.hardened === true;
  const namesIdentities = declared.identity.userAssignedIdentities !== undefined;
  const parameters = {
    traffic: traffic.state.traffic,
    mirrorTraffic: traffic.state.mirrorTraffic,
    tags: pulumi
      .all([declared.tags, traffic.live])
      .apply(([declaredTags, live]) => endpointTags({ declared: traffic.state, declaredTags, live, now: traffic.now })),
    endpoint: {
      name: pulumi.interpolate`${path.workspaceName}/${path.endpointName}`,
      location: declared.location,
      ...(declared.compute !== undefined && { compute: declared.compute }),
      ...(namesIdentities && { identity: armIdentity(declared.identity) }),
      authMode: declared.authMode,
      publicNetworkAccess: declared.publicNetworkAccess,
    },
    // A change of these gives the step a change, so that its hook can refuse them.
    declared: {
      resourceGroupName: declared.resourceGroupName,
      workspaceName: declared.workspaceName,
      endpointName: declared.endpointName,
    },
  };
  return new Deployment(
    `${scope.name}-traffic`,
    {
      resourceGroupName: path.resourceGroupName,
      deploymentName: pulumi.interpolate`${path.endpointName}-traffic`,
      properties: {
        mode: "Incremental",
        template: trafficTemplate(declared.kind, namesIdentities),
        parameters: Object.fromEntries(Object.entries(parameters).map(([key, value]) => [key, { value }])),
      },
    },
    {
      parent: scope.component,
      dependsOn: hardened ? [...childrenOf(scope.component)] : [...deployments],
      ...(hardened && { protect: true }),
      ignoreChanges: ["resourceGroupName", "deploymentName"],
      hooks: {
        beforeCreate: [hooks.beforeTraffic],
        beforeUpdate: [hooks.beforeTraffic],
        afterCreate: [hooks.afterTraffic],
        afterUpdate: [hooks.afterTraffic],
        onError: [hooks.trafficFailed],
      },
    },
  );
}
