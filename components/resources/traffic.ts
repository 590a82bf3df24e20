import type { OnlineDeployment } from "@pulumi/azure-native/machinelearningservices/onlineDeployment";
import { Deployment } from "@pulumi/azure-native/resources/deployment";
import * as pulumi from "@pulumi/pulumi";
import { readEarly } from "../hooks/context";
import type { RolloutContext } from "../hooks/context";
import type { RolloutHooks } from "../hooks/createHooks";
import { readEndpoint } from "../azure/readEndpoint";
import type { LiveEndpoint } from "../azure/readEndpoint";
import type { Ownership } from "../rollout/owner";
import { endpointTags } from "../rollout/record";
import { recordName } from "../rollout/recordName";
import { isServing } from "../rollout/weights";
import type { TrafficState, Weights } from "../rollout/weights";
import type { EndpointDeclaration } from "./endpoint";
import { armIdentity, DEFAULT_IDENTITY } from "../settings/identity";
import type { WriteOrder } from "../hooks/writeOrder";
import { protection } from "../scope/scope";
import type { Scope } from "../scope/scope";
import type { EndpointKind } from "../settings/kinds";
import { API_VERSION } from "../azure/apiVersion";

/** The declaration of a traffic step. */
export interface TrafficDeclaration {
  readonly scope: Scope;
  readonly endpoint: EndpointDeclaration;
  readonly hooks: RolloutHooks;
  readonly order: WriteOrder;
  readonly state: TrafficState;
  /** The instant written with the weights, read when everything before the step is done. */
  readonly now: () => Date;
  readonly ownership: pulumi.Input<Ownership>;
  /** The endpoint before the step; see {@link liveBeforeStep}. */
  readonly live: pulumi.Output<LiveEndpoint | undefined>;
}

/**
 * The live endpoint when the step may be prepared. If it cannot be read, the step counts as changed, and its hook
 * reports why.
 */
export function liveBeforeStep(
  context: RolloutContext,
  deployments: readonly OnlineDeployment[],
  order: WriteOrder,
): pulumi.Output<LiveEndpoint | undefined> {
  const read = async (): Promise<LiveEndpoint | undefined> => {
    await order.beforeStep(deployments);
    const path = await order.path;
    if (path === undefined) return pulumi.unknown as unknown as undefined;
    return readEarly(context, path).catch(() => undefined);
  };
  return pulumi.output(read());
}

/**
 * The traffic step: the only writer of the endpoint after its creation. It comes after all deployments, or on the way
 * back before them ({@link WriteOrder}); what was removed from the program is deleted after both. Its hooks refuse a
 * forbidden step and verify what was written.
 *
 * It is not `deletedWith` the endpoint: its record would stay in Azure and block the next create.
 */
export function declareTraffic(traffic: TrafficDeclaration, deployments: readonly OnlineDeployment[]): Deployment {
  const { scope, order } = traffic;
  const step = declareStep(traffic, "traffic", {
    ...protection(scope.args),
    dependsOn: order.stepDependencies(deployments),
  });
  order.declareStep(step);
  return step;
}

/**
 * The service may drop the weights while a deployment is written. When the step came before the deployments it is
 * repeated, as a resource of that run only.
 */
export function restoreDropped(traffic: TrafficDeclaration, written: readonly pulumi.CustomResource[]): void {
  const { scope, order } = traffic;
  const restore = async (): Promise<void> => {
    if (pulumi.runtime.isDryRun() || !(await order.decision).isTrafficFirst) return;
    await order.allDone(written);
    const path = await order.path;
    const live = path && (await readEndpoint(path, scope.component).catch(() => undefined));
    // If it cannot be read, the hook of the step reports why.
    if (live !== undefined && isServing(live)) return;
    declareStep({ ...traffic, live: pulumi.output(live) }, "traffic-restored", {});
  };
  // So the program waits for it.
  pulumi.output(restore());
}

/** @param name - suffix of the name in Pulumi and in Azure */
function declareStep(traffic: TrafficDeclaration, name: string, options: pulumi.CustomResourceOptions): Deployment {
  const { scope, endpoint: declared, hooks, order } = traffic;
  const namesIdentities = declared.identity.userAssignedIdentities !== undefined;
  const path = pulumi.output(order.path.then((it) => it ?? (pulumi.unknown as never)));
  const parameters = {
    traffic: order.decision.then(({ missing }) => without(traffic.state.traffic, missing)),
    mirrorTraffic: traffic.state.mirrorTraffic,
    tags: pulumi
      .all([declared.tags, traffic.live, traffic.ownership])
      .apply(([declaredTags, live, ownership]) =>
        endpointTags({ declared: traffic.state, declaredTags, live, now: traffic.now(), ownership }),
      ),
    endpoint: {
      name: pulumi.interpolate`${path.workspaceName}/${path.endpointName}`,
      location: declared.location,
      ...(declared.compute !== undefined && { compute: declared.compute }),
      ...(namesIdentities && { identity: armIdentity(declared.identity) }),
      authMode: declared.authMode,
      publicNetworkAccess: declared.publicNetworkAccess,
    },
    // Changes of these are a change of the step, so its hook can refuse them.
    declared: {
      resourceGroupName: declared.resourceGroupName,
      workspaceName: declared.workspaceName,
      endpointName: declared.endpointName,
    },
  };
  return new Deployment(
    `${scope.name}-${name}`,
    {
      resourceGroupName: path.resourceGroupName,
      deploymentName: path.apply(({ workspaceName, endpointName }) => recordName(workspaceName, endpointName, name)),
      properties: {
        mode: "Incremental",
        template: trafficTemplate(declared.kind, namesIdentities),
        parameters: Object.fromEntries(Object.entries(parameters).map(([key, value]) => [key, { value }])),
      },
    },
    {
      parent: scope.component,
      ignoreChanges: ["resourceGroupName", "deploymentName"],
      hooks: {
        beforeCreate: [hooks.beforeTraffic],
        beforeUpdate: [hooks.beforeTraffic],
        afterCreate: [hooks.afterTraffic],
        afterUpdate: [hooks.afterTraffic],
        onError: [hooks.trafficFailed],
      },
      ...options,
    },
  );
}

function without(weights: Weights, names: readonly string[]): Weights {
  return Object.fromEntries(Object.entries(weights).filter(([name]) => !names.includes(name)));
}

/**
 * The template of the traffic steps of endpoints of a kind, with or without user-assigned identities. It never changes;
 * whatever varies is a parameter, so a preview shows `blue: 100 => 90` and nothing else.
 *
 * It writes the whole endpoint, since Azure's PUT replaces everything.
 */
export const trafficTemplate = (kind: EndpointKind, namesIdentities = false) => ({
  $schema: "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  contentVersion: "1.0.0.0",
  parameters: {
    traffic: { type: "object" },
    mirrorTraffic: { type: "object" },
    tags: { type: "object" },
    endpoint: { type: "object" },
    declared: { type: "object" },
  },
  resources: [
    {
      type: "Microsoft.MachineLearningServices/workspaces/onlineEndpoints",
      apiVersion: API_VERSION,
      name: "[parameters('endpoint').name]",
      location: "[parameters('endpoint').location]",
      kind,
      identity: namesIdentities ? "[parameters('endpoint').identity]" : { type: DEFAULT_IDENTITY },
      tags: "[parameters('tags')]",
      properties: {
        // Only this kind has a compute.
        ...(kind === "Kubernetes" && { compute: "[parameters('endpoint').compute]" }),
        authMode: "[parameters('endpoint').authMode]",
        publicNetworkAccess: "[parameters('endpoint').publicNetworkAccess]",
        traffic: "[parameters('traffic')]",
        mirrorTraffic: "[parameters('mirrorTraffic')]",
      },
    },
  ],
});
