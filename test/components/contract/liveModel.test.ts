import { expect, test } from "vitest";
import { liveContract } from "../../../components/contract/liveModel";
import type { DeclaredModel } from "../../../components/contract/liveModel";
import { readMlModel } from "../../../components/contract/modelContract";
import { mlModelText } from "../../support/mlModelText";

const WORKSPACE = { resourceGroupName: "rg-heart", workspaceName: "ws-1" };
const ARM = "/subscriptions/s/resourceGroups";
const PROVIDER = "providers/Microsoft.MachineLearningServices";
const version = (number: string, { group = "rg-heart", workspace = "ws-1", name = "heart-classifier" } = {}) =>
  `${ARM}/${group}/${PROVIDER}/workspaces/${workspace}/models/${name}/versions/${number}`;

const contract = readMlModel(mlModelText({}));
const NO_PATH = { contract: undefined, unknown: "version 2 has no path" };
const MODEL: DeclaredModel = {
  name: "heart-classifier",
  versions: {
    "1": { contract },
    "2": NO_PATH,
    "6": { ...NO_PATH, id: "azureml://registries/shared/models/Lungs/versions/4" },
  },
};
const found = (id: string | undefined, model = MODEL) => liveContract("default", id, model, WORKSPACE);
const other = (shown: string) => `the live model of default is ${shown}, which is not among model.versions`;

test.each<[string, string]>([
  ["an ARM id", version("1")],
  ["an ARM id in whatever case", version("1").toUpperCase()],
  ["a short id", "azureml:heart-classifier:1"],
  ["an asset id", "azureml://locations/westeurope/workspaces/0f3a/models/heart-classifier/versions/1"],
])("the live model is found among the declared versions by %s", (_, id) => {
  expect(found(id)).toEqual({ contract });
});

test("a version that has no files here keeps its reason", () => {
  expect(found(version("2"))).toEqual(NO_PATH);
  expect(found("azureml://registries/Shared/models/lungs/versions/4")).toMatchObject(NO_PATH);
});

test.each<[string, string | undefined, string]>([
  ["no model", undefined, "deployment default has no model"],
  ["another version", version("3"), other("heart-classifier:3")],
  ["another model", version("1", { name: "lungs" }), other("lungs:1")],
  [
    "one of another workspace",
    version("1", { workspace: "ws-2" }),
    other("heart-classifier:1 of workspace ws-2 in rg-heart"),
  ],
  ["one of another group", version("1", { group: "rg-2" }), other("heart-classifier:1 of workspace ws-1 in rg-2")],
  [
    "one of a registry",
    "azureml://registries/shared/models/heart-classifier/versions/1",
    other("heart-classifier:1 of registry shared"),
  ],
  ["what is no id of a version", "runs:/4f1c/model", other("runs:/4f1c/model")],
])("a deployment with %s is not compared, and it is said why", (_, id, reason) => {
  expect(found(id)).toEqual({ contract: undefined, unknown: reason });
});

test("an id that is not known yet may be the live one", () => {
  const model = { ...MODEL, versions: { ...MODEL.versions, "7": { ...NO_PATH, id: "" } } };
  expect(found(version("3"), model).unknown).toBe(
    "the live model of default is heart-classifier:3, and only models with path have their files at hand",
  );
});
