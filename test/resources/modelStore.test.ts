import { expect, test } from "vitest";
import { declareHeart } from "../support/heart";
import type { MockedRun } from "../support/mocks";
import { temporaryFolder } from "../support/temporaryFolder";

const MODEL = { MLmodel: "flavors: { python_function: {} }", "data/model.onnx": "weights" };

async function declareFolders(first: string, second: string): Promise<MockedRun> {
  const versions = { "1": { path: first }, "2": { path: second } };
  return (await declareHeart({ model: { name: "heart-classifier", versions } })).run;
}

function blobNames(run: MockedRun): readonly unknown[] {
  return run.children
    .filter(({ type }) => type === "azure-native:storage:Blob")
    .map(({ inputs }) => inputs["blobName"]);
}

function modelUri(run: MockedRun, version: string): string {
  const { modelUri: uri } = run.resource(`heart-model-${version}`).inputs["properties"] as { modelUri: string };
  return uri;
}

test("two versions with the same content, in whatever folders, share one upload", async () => {
  const run = await declareFolders(temporaryFolder(MODEL), temporaryFolder(MODEL));
  expect(blobNames(run)).toHaveLength(2);
  expect(modelUri(run, "2")).toBe(modelUri(run, "1"));
  for (const version of ["1", "2"]) {
    const { dependencies } = run.resource(`heart-model-${version}`);
    expect(dependencies.filter((name) => name.startsWith("heart-models-"))).toHaveLength(2);
  }
});

test("versions with different content have uploads of their own, side by side", async () => {
  const run = await declareFolders(
    temporaryFolder(MODEL),
    temporaryFolder({ ...MODEL, MLmodel: "flavors: { python_function: {}, onnx: {} }" }),
  );
  expect(new Set(blobNames(run)).size).toBe(4);
  expect(modelUri(run, "2")).not.toBe(modelUri(run, "1"));
});
