import { ProgressiveMlflowEndpoint } from "azure-mlflow-rollout";

export const heart = new ProgressiveMlflowEndpoint("heart", {
  resourceGroupName: "rg-heart",
  model: {
    name: "heart-classifier",
    versions: {
      1: { uri: "azureml://jobs/train-1/outputs/artifacts/paths/model/" },
      2: { uri: "azureml://jobs/train-2/outputs/artifacts/paths/model/" },
    },
  },
  deployments: { blue: { modelVersion: "1" }, green: { modelVersion: "2" } },
  traffic: { blue: 90, green: 10 },
});
