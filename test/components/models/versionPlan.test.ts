import { expect, test } from "vitest";
import { planVersion } from "../../../components/models/versionPlan";
import type { DeclaredContent, RegisteredVersion } from "../../../components/models/versionPlan";

const CONTENT = "0123456789abcdef";
const OLD = `azureml://subscriptions/s/resourceGroups/g/workspaces/w/datastores/mlflow_models_abcde/paths/heart/${CONTENT}/`;
const NEW = `azureml://subscriptions/s/resourceGroups/g/workspaces/w/datastores/workspaceblobstore/paths/mlflow-models/heart/${CONTENT}/`;
const FOLDER: DeclaredContent = { contentName: CONTENT, uri: undefined, archived: undefined };
const JOB = "azureml://jobs/train-1/outputs/artifacts/paths/model";
const JOB_FOLDER =
  "azureml://subscriptions/s/resourceGroups/g/workspaces/w/datastores/workspaceartifactstore/paths/ExperimentRun/dcid.train-1/model";

function registered(modelUri: string, isArchived = false): RegisteredVersion {
  return { id: "/versions/1", modelUri, isArchived, kept: {} };
}

test.each<[string, DeclaredContent, RegisteredVersion | undefined, string]>([
  ["that Azure does not have", FOLDER, undefined, "register"],
  ["with the same content", FOLDER, registered(NEW), "keep"],
  ["that version 0.1 has uploaded", FOLDER, registered(OLD), "keep"],
  ["with other content", { ...FOLDER, contentName: "fedcba9876543210" }, registered(NEW), "conflict"],
  ["from elsewhere", FOLDER, registered(JOB_FOLDER), "conflict"],
  ["whose folder cannot be read", { ...FOLDER, contentName: undefined }, registered(NEW), "keep"],
  ["that is archived in Azure only", FOLDER, registered(NEW, true), "archive"],
  ["that is to be archived", { ...FOLDER, archived: true }, registered(NEW), "archive"],
  ["that is archived on both sides", { ...FOLDER, archived: true }, registered(NEW, true), "keep"],
  ["by its URI", { ...FOLDER, contentName: undefined, uri: JOB }, registered(JOB), "keep"],
  ["by a URI in another case", { ...FOLDER, contentName: undefined, uri: NEW }, registered(NEW.toUpperCase()), "keep"],
  ["of a job whose output Azure has resolved", { ...FOLDER, uri: JOB }, registered(JOB_FOLDER), "keep"],
  ["of a run that Azure has resolved", { ...FOLDER, uri: "runs:/train-1/model" }, registered(JOB_FOLDER), "keep"],
  [
    "of another job",
    { ...FOLDER, uri: "azureml://jobs/train-2/outputs/o/paths/m" },
    registered(JOB_FOLDER),
    "conflict",
  ],
  ["by another URI", { ...FOLDER, uri: NEW }, registered(JOB), "conflict"],
])("a version %s", (_, declared, there, what) => {
  expect(planVersion(declared, there).what).toBe(what);
});
