import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { describe, expect, test, vi } from "vitest";
import type { ModelArgs } from "../../components";
import { readModelFolder } from "../../components/resources/modelFolder";
import { declareHeart } from "../support/heart";
import { armId } from "../support/mockedAzure";

const BLUE = "examples/heart-classifier/models/blue";
const WORKSPACE = "Microsoft.MachineLearningServices/workspaces/mlw-abcde";
const ONE = { deployments: { default: { modelVersion: "1" } }, traffic: { default: 100 } };
const AT = { resourceGroupName: "rg-heart", workspaceName: "mlw-abcde" };

function withVersion(source: ModelArgs["versions"][string], existing = false) {
  return { ...ONE, model: { name: "heart-classifier", versions: { "1": source }, existing } };
}

describe("a version from a folder", () => {
  const { contentName } = readModelFolder(BLUE);

  test("has every file of the folder as a blob, below the model's name and the content's name", async () => {
    const { run } = await declareHeart(withVersion({ path: BLUE }));
    const blobs = run.children.filter(({ type }) => type === "azure-native:storage:Blob");
    const files = readdirSync(BLUE);
    expect(files).toContain("MLmodel");
    expect(blobs).toHaveLength(files.length);
    expect(blobs.map(({ inputs }) => inputs)).toEqual(
      expect.arrayContaining(
        files.map((file) => ({
          resourceGroupName: "rg-heart",
          accountName: "stmlflowabcde",
          containerName: "mlflow-models-abcde",
          blobName: `heart-classifier/${contentName}/${file}`,
          type: "Block",
          source: expect.objectContaining({ path: resolve(BLUE, file) }),
        })),
      ),
    );
  });

  test("is reached through a datastore that uses the workspace's identity, without credentials", async () => {
    const { run } = await declareHeart(withVersion({ path: BLUE }));
    expect(run.resource("heart-models").inputs).toEqual({
      resourceGroupName: "rg-heart",
      accountName: "stmlflowabcde",
      containerName: "mlflow-models-abcde",
    });
    expect(run.resource("heart-datastore").inputs).toEqual({
      ...AT,
      name: "mlflow_models_abcde",
      properties: {
        datastoreType: "AzureBlob",
        accountName: "stmlflowabcde",
        containerName: "mlflow-models-abcde",
        credentials: { credentialsType: "None" },
        serviceDataAccessAuthIdentity: "WorkspaceSystemAssignedIdentity",
      },
    });
  });

  test("is registered with the long form of the URI of its folder", async () => {
    const { run } = await declareHeart(withVersion({ path: BLUE }));
    const workspace = "azureml://subscriptions/subscription-1/resourceGroups/rg-heart/workspaces/mlw-abcde";
    expect(run.resource("heart-model-1").inputs).toEqual({
      ...AT,
      name: "heart-classifier",
      version: "1",
      properties: {
        modelType: "mlflow_model",
        modelUri: `${workspace}/datastores/mlflow_models_abcde/paths/heart-classifier/${contentName}/`,
        isAnonymous: false,
        isArchived: false,
      },
    });
  });
});

test.each([
  ["a job output", "azureml://jobs/train-1/outputs/artifacts/paths/model"],
  ["a run", "runs:/4f1c/model"],
])("a version from %s is registered with its URI, and no store is made", async (_, uri) => {
  const { run } = await declareHeart(withVersion({ uri }));
  expect(run.resource("heart-model-1").inputs["properties"]).toMatchObject({ modelUri: uri });
  expect(run.children.map(({ name }) => name)).not.toContain("heart-datastore");
});

test("a folder of a datastore is registered with the workspace in its URI", async () => {
  const { run } = await declareHeart(withVersion({ uri: "azureml://datastores/training/paths/heart/1" }));
  expect(run.resource("heart-model-1").inputs["properties"]).toMatchObject({
    modelUri:
      "azureml://subscriptions/subscription-1/resourceGroups/rg-heart/workspaces/mlw-abcde/datastores/training/paths/heart/1",
  });
});

test("a version that is archived says so", async () => {
  const versions = { "1": { path: BLUE }, "2": { path: BLUE, archived: true }, "3": { path: BLUE, archived: false } };
  const { run } = await declareHeart({ ...ONE, model: { name: "heart-classifier", versions } });
  const archived = ["1", "2", "3"].map((version) => run.resource(`heart-model-${version}`).inputs["properties"]);
  expect(archived).toMatchObject([{ isArchived: false }, { isArchived: true }, { isArchived: false }]);
});

const IN_REGISTRY = "azureml://registries/shared/models/heart-classifier/versions/7";
const IN_WORKSPACE = armId("rg-heart", `${WORKSPACE}/models/trained/versions/7`);
test.each([
  ["an id", IN_WORKSPACE, IN_WORKSPACE],
  ["an id in a registry", IN_REGISTRY, IN_REGISTRY],
  ["a short id", "azureml:trained:7", IN_WORKSPACE],
])("a version with %s is used: nothing of the model is registered", async (_, id, model) => {
  const { run } = await declareHeart(withVersion({ id }));
  expect(run.children.filter(({ name }) => name.startsWith("heart-model"))).toEqual([]);
  expect(run.resource("heart-deployment-default").inputs["properties"]).toMatchObject({ model });
});

test("the model is registered once, with the tags", async () => {
  const { run } = await declareHeart({ tags: { team: "cardio" } });
  expect(run.resource("heart-model").inputs).toEqual({
    ...AT,
    name: "heart-classifier",
    properties: { tags: { team: "cardio" }, isArchived: false },
  });
});

test("a model that exists gets versions only", async () => {
  const { run } = await declareHeart(withVersion({ path: BLUE }, true));
  const names = run.children.map(({ name }) => name);
  expect(names).toContain("heart-model-1");
  expect(names).not.toContain("heart-model");
});

test("a version whose folder is not there uploads nothing and keeps the content that the stack has", async () => {
  const warn = vi.spyOn(pulumi.log, "warn").mockResolvedValue();
  const { run, heart } = await declareHeart(withVersion({ path: "models/gone" }));
  expect(run.children.filter(({ type }) => type === "azure-native:storage:Blob")).toEqual([]);
  const version = run.resource("heart-model-1");
  expect(version.ignoreChanges).toContain("properties.modelUri");
  expect(version.retainOnDelete).toBe(true);
  const text = 'model.versions.1.path: "models/gone" is not a folder; give the folder that MLflow saved the model in';
  expect(warn.mock.calls).toEqual([[`${text}; until then version 1 stays as it is registered`, heart]]);
  await expect(run.runHook("heart:model-version", version.inputs)).rejects.toThrow(text);
  await expect(run.runHook("heart:model-version", version.inputs, version.inputs)).resolves.toBeUndefined();
});
