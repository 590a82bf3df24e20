import { ResourceGroup } from "@pulumi/azure-native/resources";
import * as pulumi from "@pulumi/pulumi";
import { ProgressiveMlflowEndpoint, readRollout } from "azure-mlflow-rollout";

const config = new pulumi.Config();
const { versions = {}, ...rollout } = readRollout(config);

const resourceGroup = new ResourceGroup("heart");

const heart = new ProgressiveMlflowEndpoint("heart", {
  ...rollout,
  resourceGroupName: resourceGroup.name,
  hardened: true,
  workspace: {
    existingResourceId: config.require("workspaceId"),
    privateEndpoints: {
      spoke: {
        subnetResourceId: config.require("subnetId"),
        privateDnsZoneResourceIds: config.requireObject<string[]>("privateDnsZoneIds"),
      },
    },
  },
  model: { name: "heart-classifier", versions },
  roleAssignments: { callers: { principalId: config.require("callersGroupId"), principalType: "Group" } },
  tags: { team: "cardio" },
});

export const endpointName = heart.endpointName;
export const scoringUri = heart.scoringUri;
export const traffic = heart.traffic;
