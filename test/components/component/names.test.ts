import { expect, test } from "vitest";
import type { ProgressiveMlflowEndpointArgs } from "../../../components";
import { declareHeart } from "../../support/heart";
import { temporaryFolder } from "../../support/temporaryFolder";

const RENAMED = "renaming a child replaces live resources: keep its type and name, or give it an alias";

const ALWAYS = [
  "azure-mlflow-rollout:index:ProgressiveMlflowEndpoint  heart",
  "azure-native:machinelearningservices:ModelVersion  heart-model-1",
  "azure-native:machinelearningservices:ModelVersion  heart-model-2",
  "azure-native:machinelearningservices:OnlineDeployment  heart-deployment-default",
  "azure-native:machinelearningservices:OnlineDeployment  heart-deployment-xgboost-model-2",
  "azure-native:machinelearningservices:OnlineEndpoint  heart-endpoint",
  "azure-native:resources:Deployment  heart-traffic",
  "random:index/randomString:RandomString  heart-deletion-protection",
  "random:index/randomString:RandomString  heart-suffix",
];

const OF_A_NEW_WORKSPACE = [
  "azure-native:applicationinsights:Component  heart-insights",
  "azure-native:keyvault:Vault  heart-vault",
  "azure-native:machinelearningservices:Workspace  heart-workspace",
  "azure-native:operationalinsights:Workspace  heart-logs",
  "azure-native:storage:StorageAccount  heart-storage",
];

const ADOPTED = { location: "westeurope", storageAccount: "/subscriptions/s/storageAccounts/st1", id: "/ws-1" };

test.each<[string, Partial<ProgressiveMlflowEndpointArgs>, readonly string[]]>([
  ["with a new workspace", {}, [...ALWAYS, ...OF_A_NEW_WORKSPACE]],
  ["in an adopted workspace", { workspace: { existingName: "ws-1" } }, ALWAYS],
])("names and types of all child resources %s are fixed for ever", async (_, args, expected) => {
  const path = temporaryFolder({ MLmodel: "flavors: { python_function: {} }", "data/model.onnx": "weights" });
  const versions = { "1": { path }, "2": { uri: "azureml://jobs/train-2/outputs/model" } };
  const { run } = await declareHeart(
    { ...args, model: { name: "heart-classifier", versions } },
    { answers: { getWorkspace: ADOPTED } },
  );
  const declared = run.registered.map(({ type, name }) => `${type}  ${name}`);
  const gone = expected.filter((child) => !declared.includes(child)).map((child) => `- ${child}`);
  const unexpected = declared.filter((child) => !expected.includes(child)).map((child) => `+ ${child}`);
  const changes = [...gone, ...unexpected];
  expect(changes.length === 0 ? "no change" : [RENAMED, ...changes].join("\n")).toBe("no change");
});
