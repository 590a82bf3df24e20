import * as pulumi from "@pulumi/pulumi";
import { ProgressiveMlflowEndpoint, readRollout } from "azure-mlflow-rollout";

const config = new pulumi.Config();
const { versions = {}, ...rollout } = readRollout(config);

const heart = new ProgressiveMlflowEndpoint("heart", {
  ...rollout,
  resourceGroupName: config.require("resourceGroupName"),
  model: { name: "heart-classifier", versions },
  authMode: "Key",
});

export const endpointId = heart.endpointId;
export const workspaceId = heart.workspaceId;
export const scoringUri = heart.scoringUri;
export const primaryKey = heart.primaryKey();
