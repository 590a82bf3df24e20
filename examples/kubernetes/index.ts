import * as pulumi from "@pulumi/pulumi";
import { ProgressiveMlflowEndpoint, readRollout } from "azure-mlflow-rollout";

const config = new pulumi.Config();
const { versions = {}, ...rollout } = readRollout(config);

const heart = new ProgressiveMlflowEndpoint("heart", {
  ...rollout,
  resourceGroupName: config.require("resourceGroupName"),
  workspace: { existingName: config.require("workspaceName") },
  compute: config.require("computeId"),
  model: { name: "heart-classifier", versions },
});

export const endpointName = heart.endpointName;
export const scoringUri = heart.scoringUri;
export const traffic = heart.traffic;
