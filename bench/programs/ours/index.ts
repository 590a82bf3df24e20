import * as pulumi from "@pulumi/pulumi";
import { ProgressiveMlflowEndpoint, readRollout } from "azure-mlflow-rollout";

const config = new pulumi.Config();
const { versions = {}, ...rollout } = readRollout(config);

const heart = new ProgressiveMlflowEndpoint("heart", {
  ...rollout,
  resourceGroupName: "heart",
  workspace: { existingName: "heart" },
  model: { name: "ours", versions },
  authMode: "Key",
});

export const traffic = heart.traffic;
