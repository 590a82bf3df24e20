import { fc, test as property } from "@fast-check/vitest";
import { expect, test } from "vitest";
import { contentOf, datastoreFolder, uploadPrefix } from "../../../components/models/modelAddress";

const WORKSPACE = "subscriptions/s/resourceGroups/rg-heart/workspaces/mlw-1/";

property.prop([fc.stringMatching(/^[a-zA-Z0-9][-\w]{0,20}$/), fc.stringMatching(/^[0-9a-f]{16}$/)])(
  "the content of what was uploaded is read back from its address",
  (model, contentName) => {
    const uri = `azureml://${WORKSPACE}datastores/workspaceblobstore/paths/${uploadPrefix(model, contentName)}/`;
    expect(contentOf(uri)).toEqual({ contentName, datastore: "workspaceblobstore" });
    expect(datastoreFolder(uri)).toEqual({
      workspace: { resourceGroupName: "rg-heart", workspaceName: "mlw-1" },
      datastore: "workspaceblobstore",
      path: `mlflow-models/${model}/${contentName}`,
    });
  },
);

test("the short form of a folder means the workspace that reads it", () => {
  expect(datastoreFolder("azureml://datastores/training/paths/heart/4/")).toEqual({
    workspace: undefined,
    datastore: "training",
    path: "heart/4",
  });
});

test.each([
  "azureml://jobs/train-1/outputs/artifacts/paths/model",
  "runs:/4f1c/model",
  "azureml://registries/shared/models/heart/versions/1",
  "",
])("%j is not a folder of a datastore", (uri) => {
  expect(datastoreFolder(uri)).toBeUndefined();
  expect(contentOf(uri)).toBeUndefined();
});
