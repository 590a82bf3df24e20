import { ResourceGroup } from "@pulumi/azure-native/resources/resourceGroup";
import type { ResourceGroupArgs } from "@pulumi/azure-native/resources/resourceGroup";
import type { ComponentResourceOptions, Output } from "@pulumi/pulumi";
import { ProgressiveMlflowEndpoint } from "azure-mlflow-rollout";
import type { ProgressiveMlflowEndpointArgs } from "azure-mlflow-rollout";
import { BLUE, GREEN } from "../../../driver/article";

export type Weights = Readonly<Record<string, number>>;

/** What every testbed serves at the start of a case. */
export const SERVED: Weights = { [BLUE]: 90, [GREEN]: 10 };
export const STEPPED: Weights = { [BLUE]: 80, [GREEN]: 20 };
/** Name that programs give the resource group. */
export const GROUP = "rg-heart";
/** Long enough for one more read or try. */
export const VERIFY_SECONDS = 6;

/** Changes to the usual component `heart`, which serves 90/10. */
export interface HeartChanges extends Partial<ProgressiveMlflowEndpointArgs> {
  readonly name?: string;
  readonly options?: ComponentResourceOptions;
  readonly deletionProtection?: boolean;
  readonly takeOver?: string;
  readonly acceptLiveSettings?: { readonly [deployment: string]: string[] };
}

export const MODEL: ProgressiveMlflowEndpointArgs["model"] = {
  name: "heart-classifier",
  versions: { "1": { path: "models/blue" }, "2": { path: "models/green" } },
};
export const DEPLOYMENTS: ProgressiveMlflowEndpointArgs["deployments"] = {
  [BLUE]: { modelVersion: "1" },
  [GREEN]: { modelVersion: "2" },
};

/** Declares the usual component with some changes, in its own group unless one is given. */
export function declareHeart({
  name = "heart",
  options = {},
  ...changes
}: HeartChanges = {}): ProgressiveMlflowEndpoint {
  return new ProgressiveMlflowEndpoint(
    name,
    {
      model: MODEL,
      deployments: DEPLOYMENTS,
      traffic: SERVED,
      authMode: "Key",
      policy: { verifyTimeoutSeconds: VERIFY_SECONDS },
      ...changes,
      resourceGroupName: changes.resourceGroupName ?? declareGroup(),
    },
    options,
  );
}

export function declareGroup(changes: ResourceGroupArgs = {}): Output<string> {
  return new ResourceGroup("heart-classifier", { resourceGroupName: GROUP, ...changes }).name;
}

/** A group with an auto-generated name. */
export function declareAutoNamedGroup(location?: string, name = "heart-classifier"): Output<string> {
  return new ResourceGroup(name, { ...(location !== undefined && { location }) }).name;
}
