import { ResourceGroup } from "@pulumi/azure-native/resources";
import * as pulumi from "@pulumi/pulumi";
import { ProgressiveMlflowEndpoint, readRollout } from "azure-mlflow-rollout";

const config = new pulumi.Config();
const { versions, ...rollout } = readRollout(config);

const resourceGroup = new ResourceGroup("heart-classifier");

const heart = new ProgressiveMlflowEndpoint("heart", {
  ...rollout,
  resourceGroupName: resourceGroup.name,
  model: { name: "heart-classifier", versions: versions ?? { "1": { path: "models/blue" } } },
  authMode: "Key",
});

export const endpointName = heart.endpointName;
export const scoringUri = heart.scoringUri;
export const traffic = heart.traffic;
export const workspaceName = heart.workspaceName;
export const modelVersionIds = heart.modelVersionIds;
export const primaryKey = heart.primaryKey();
