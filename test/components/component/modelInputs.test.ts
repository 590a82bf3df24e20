import { cpSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { expect, test, vi } from "vitest";
import type { ModelArgs } from "../../../components";
import { readModelFolder } from "../../../components/models/folder";
import { declareHeart } from "../../support/heart";
import { armId } from "../../support/mockedAzure";
import type { MockedRun } from "../../support/mocks";
import { temporaryFolder } from "../../support/temporaryFolder";

const BLUE = "examples/heart-classifier/models/blue";
const GREEN = "examples/heart-classifier/models/green";
const WORKSPACE = "Microsoft.MachineLearningServices/workspaces/mlw-abcde";
const ONE = { deployments: { default: { modelVersion: "1" } }, traffic: { default: 100 } };
const AT = { resourceGroupName: "rg-heart", workspaceName: "mlw-abcde" };

function withVersion(source: ModelArgs["versions"][string]) {
  return { ...ONE, model: { name: "heart-classifier", versions: { "1": source } } };
}

function modelUri(run: MockedRun, version: string): unknown {
  return (run.resource(`heart-model-${version}`).inputs["properties"] as { readonly modelUri: unknown }).modelUri;
}

test("a version from a folder is registered at a name made from its content, in the workspace's default datastore", async () => {
  const { contentName } = await readModelFolder(BLUE);
  const { run } = await declareHeart(withVersion({ path: BLUE }));
  const folder = `datastores/workspaceblobstore/paths/mlflow-models/heart-classifier/${contentName}/`;
  expect(run.resource("heart-model-1").inputs).toEqual({
    ...AT,
    name: "heart-classifier",
    version: "1",
    properties: {
      modelType: "mlflow_model",
      modelUri: `azureml://subscriptions/subscription-1/resourceGroups/rg-heart/workspaces/mlw-abcde/${folder}`,
      isAnonymous: false,
      isArchived: false,
    },
  });
  expect(run.resource("heart-model-1").retainOnDelete).toBe(true);
});

test("folders with the same content are registered at the same address, others at their own", async () => {
  const copy = temporaryFolder({});
  cpSync(BLUE, copy, { recursive: true });
  const versions = { "1": { path: BLUE }, "2": { path: copy }, "3": { path: GREEN } };
  const { run } = await declareHeart({ ...ONE, model: { name: "heart-classifier", versions } });
  const [first, second, third] = ["1", "2", "3"].map((version) => modelUri(run, version));
  expect(second).toBe(first);
  expect(third).not.toBe(first);
});

test("nothing is registered beside the versions: Azure makes the model with the first one", async () => {
  const { run } = await declareHeart({ tags: { team: "cardio" } });
  const types = new Set(run.children.map(({ type }) => type));
  for (const type of ["ModelContainer", "Datastore"]) {
    expect(types).not.toContain(`azure-native:machinelearningservices:${type}`);
  }
  for (const type of ["Blob", "BlobContainer"]) expect(types).not.toContain(`azure-native:storage:${type}`);
});

test.each([
  ["a job output", "azureml://jobs/train-1/outputs/artifacts/paths/model"],
  ["a run", "runs:/4f1c/model"],
])("a version from %s is registered with its URI", async (_, uri) => {
  const { run } = await declareHeart(withVersion({ uri }));
  expect(modelUri(run, "1")).toBe(uri);
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

test("a version whose folder is not there uploads nothing and keeps the content that the stack has", async () => {
  const warn = vi.spyOn(pulumi.log, "warn").mockResolvedValue();
  const { run, heart } = await declareHeart(withVersion({ path: "models/gone" }));
  const version = run.resource("heart-model-1");
  const text = 'model.versions.1.path: "models/gone" is not a folder; give the folder that MLflow saved the model in';
  expect(warn.mock.calls).toEqual([[`${text}; until then version 1 stays as it is registered`, heart]]);
  await expect(run.runHook("heart:model-version", version.inputs)).rejects.toThrow(text);
  await expect(run.runHook("heart:model-version", version.inputs, version.inputs)).resolves.toBeUndefined();
});
