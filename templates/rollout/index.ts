import { ResourceGroup } from "@pulumi/azure-native/resources";
import * as pulumi from "@pulumi/pulumi";
import { ProgressiveMlflowEndpoint, readRollout } from "azure-mlflow-rollout";

const config = new pulumi.Config();
// Versions, deployments and weights: a step is an edit of config, such as `pulumi up -c candidateTraffic=10`.
const { versions = {}, ...rollout } = readRollout(config);
const [resourceGroup, workspace] = [config.get("resourceGroup"), config.get("workspace")];

const endpoint = new ProgressiveMlflowEndpoint("${PROJECT}", {
  ...rollout,
  resourceGroupName: resourceGroup ? resourceGroup : new ResourceGroup("${PROJECT}").name,
  workspace: workspace ? { existingName: workspace } : {},
  model: { name: "${PROJECT}", versions },
  // So that curl needs no more than a key. Without this line callers need an Entra token, and there is no key to keep.
  authMode: "Key",
});

export const scoringUri = endpoint.scoringUri;
export const traffic = endpoint.traffic;
export const primaryKey = endpoint.primaryKey();
