import { positiveWeights, weightOf } from "../../components/rollout/weights";
import type { Weights } from "../../components/rollout/weights";
import type { Values } from "../stack/exportedStack";
import { declaredSettings } from "./deploymentSettings";
import type { DeclaredSettings } from "./deploymentSettings";
import type { EndpointId } from "./endpointId";
import { modelOf } from "./model";
import { liveOf } from "./service";
import type { Service } from "./service";
import { nameIn, textIn, valueIn } from "../stack/exportedStack";

/** What a program must declare to leave a service unchanged. */
export interface Declaration {
  readonly id: EndpointId;
  readonly authMode: string;
  readonly publicNetworkAccess: string;
  readonly modelName: string;
  /** Whether the model is registered in the workspace, and not in a registry. */
  readonly modelExists: boolean;
  readonly modelVersions: Readonly<Record<string, { readonly id: string }>>;
  readonly deployments: Readonly<Record<string, DeclaredDeployment>>;
  readonly traffic: Weights;
  readonly mirrorTraffic: Weights;
}

interface DeclaredDeployment extends DeclaredSettings {
  readonly modelVersion: string;
  readonly instanceType: string;
  readonly instanceCount: number;
}

/** @param service - one without refusals */
export function declarationOf(service: Service): Declaration {
  const { id, endpoint, deployments } = service;
  const live = liveOf(service);
  const heaviest = deployments.toSorted((a, b) => weightIn(live.traffic, b) - weightIn(live.traffic, a))[0];
  const model = heaviest && modelOf(heaviest);
  const versions = versionsOf(deployments);
  return {
    id,
    authMode: textIn(endpoint, "properties.authMode") ?? "",
    publicNetworkAccess: textIn(endpoint, "properties.publicNetworkAccess") ?? "Enabled",
    modelName: model?.name ?? "",
    modelExists: model?.id.startsWith("/subscriptions/") ?? false,
    modelVersions: Object.fromEntries([...versions].map(([modelId, version]) => [version, { id: modelId }])),
    deployments: Object.fromEntries(
      deployments.map((deployment) => [nameIn(deployment), declare(deployment, versions)]),
    ),
    traffic: Object.fromEntries(
      deployments.map((deployment) => [nameIn(deployment), weightIn(live.traffic, deployment)]),
    ),
    mirrorTraffic: Object.fromEntries(
      deployments.flatMap((deployment) => {
        const weight = weightIn(live.mirrorTraffic, deployment);
        return weight > 0 ? [[nameIn(deployment), weight]] : [];
      }),
    ),
  };
}

function declare(deployment: Values, versions: ReadonlyMap<string, string>): DeclaredDeployment {
  const capacity = valueIn(deployment, "sku.capacity");
  return {
    modelVersion: versions.get(modelOf(deployment)?.id ?? "") ?? "",
    instanceType: textIn(deployment, "properties.instanceType") ?? "",
    instanceCount: typeof capacity === "number" ? capacity : 1,
    ...declaredSettings(deployment),
  };
}

/** The version number to declare for each model id: its own, or an unused one when two models share it. */
function versionsOf(deployments: readonly Values[]): ReadonlyMap<string, string> {
  const versions = new Map<string, string>();
  for (const deployment of deployments) {
    const model = modelOf(deployment);
    if (model === undefined || versions.has(model.id)) continue;
    const taken = new Set(versions.values());
    let version = /^[1-9]\d*$/.test(model.version) ? Number(model.version) : 1;
    while (taken.has(String(version))) version += 1;
    versions.set(model.id, String(version));
  }
  return versions;
}

function weightIn(weights: Weights, deployment: Values): number {
  return weightOf(positiveWeights(weights), nameIn(deployment));
}
