import * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { VALID, problemsWith } from "../../support/checkedArgs";

const VERSION_ID =
  "must be the ARM id of a model version, azureml:<name>:<version> or azureml://registries/<registry>/models/<name>/versions/<version>";
const SAVED = "give the folder that MLflow saved the model in";
const WORKSPACE = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.MachineLearningServices/workspaces/mlw";

const [two, name] = [{ path: "models/green" }, VALID.model.name];
/** The valid model with another version 1. */
const withVersion = (version: unknown): object => ({ name, versions: { "1": version, "2": two } });

test.each<[unknown, string]>([
  [undefined, "model: is missing; give the model's name and at least one version"],
  ["heart", 'model: must be { name, versions }, got "heart"'],
  [[], "model: must be { name, versions }, got []"],
  [{ ...VALID.model, name: undefined }, "model.name: is missing; name the registered model"],
  [{ ...VALID.model, name: 5 }, "model.name: must be text, got 5"],
  [
    { ...VALID.model, name: "heart classifier" },
    'model.name: "heart classifier" is not a valid model name; use 1 to 255 letters, digits, dashes and underscores, ' +
      "a letter or digit first",
  ],
  [{ ...VALID.model, exists: true }, "model.exists: no such setting; use name, versions, existing"],
  [{ ...VALID.model, existing: "yes" }, 'model.existing: must be true or false, got "yes"'],
  [{ name }, 'model.versions: has no version; add one such as "1": { path: "models/blue" }'],
  [{ name, versions: {} }, 'model.versions: has no version; add one such as "1": { path: "models/blue" }'],
  [
    { name, versions: ["models/blue"] },
    'model.versions: must be a map of versions to { path }, { uri } or { id }, got ["models/blue"]',
  ],
  [
    { name, versions: { "1": two, "2": two, latest: two } },
    'model.versions.latest: "latest" is not a model version; use a whole number from 1 such as "2", labels like ' +
      '"latest" are not versions',
  ],
  [withVersion("models/blue"), 'model.versions.1: must be { path }, { uri } or { id }, got "models/blue"'],
  [withVersion({}), "model.versions.1: needs exactly one of path, uri and id, got none"],
  [
    withVersion({ path: "models/blue", uri: "azureml://a" }),
    "model.versions.1: needs exactly one of path, uri and id, got path and uri",
  ],
  [
    withVersion({ ...two, type: "custom_model" }),
    "model.versions.1.type: no such setting; use path, uri, id, archived",
  ],
  [withVersion({ path: 5 }), "model.versions.1.path: must be text, got 5"],
  [withVersion({ path: "" }), `model.versions.1.path: "" is not a folder; ${SAVED}`],
  [
    withVersion({ uri: "https://blob" }),
    'model.versions.1.uri: must begin with azureml:// or runs:/, got "https://blob"',
  ],
  [
    withVersion({ uri: "azureml://registries/r/models/heart/versions/1" }),
    'model.versions.1.uri: "azureml://registries/r/models/heart/versions/1" is registered already; give it as id',
  ],
  [withVersion({ uri: null }), "model.versions.1.uri: must be text, got null"],
  [withVersion({ id: "heart:1" }), `model.versions.1.id: ${VERSION_ID}, got "heart:1"`],
  [withVersion({ id: "azureml:heart@latest" }), `model.versions.1.id: ${VERSION_ID}, got "azureml:heart@latest"`],
  [withVersion({ ...two, archived: "yes" }), 'model.versions.1.archived: must be true or false, got "yes"'],
  [
    withVersion({ ...two, archived: true }),
    "model.versions.1.archived: default runs version 1; archive it when no deployment runs it",
  ],
  [
    withVersion({ id: `${WORKSPACE}/models/heart/versions/latest` }),
    `model.versions.1.id: ${VERSION_ID}, got "/subscriptions/s/resourceGroups/rg/providers/Microsoft.M...`,
  ],
])("model %j", (model, line) => {
  expect(problemsWith({ model })).toEqual([line]);
});

test.each([
  ["models/red", `"models/red" is not a folder; ${SAVED}`],
  ["models/none", `"models/none" has no file MLmodel; ${SAVED}`],
])(
  "the folder %s is refused with other rules; alone it is left to the hooks, which see what is live",
  (path, reason) => {
    const model = withVersion({ path });
    expect(problemsWith({ model })).toEqual([]);
    expect(problemsWith({ model, endpointName: "1" })).toEqual([
      `model.versions.1.path: ${reason}`,
      expect.stringMatching(/^endpointName: /),
    ]);
  },
);

test.each<[string, unknown]>([
  ["a folder", { path: "models/blue" }],
  ["a job output", { uri: "azureml://jobs/train-1/outputs/artifacts/paths/model" }],
  ["the artifacts of a run", { uri: "runs:/4f1c/model" }],
  ["a folder of a datastore", { uri: "azureml://datastores/d/paths/model" }],
  ["an output of another resource", { uri: pulumi.output("azureml://") }],
  ["a version in the workspace", { id: `${WORKSPACE}/models/heart/versions/1` }],
  ["a version in the workspace by its short id", { id: "azureml:heart:1" }],
  ["a version in a registry", { id: "azureml://registries/r/models/heart/versions/1" }],
  ["a version of another resource", { id: pulumi.output("id") }],
])("a version may come from %s", (_, source) => {
  expect(problemsWith({ model: withVersion(source) })).toEqual([]);
});

test("a version that no deployment runs may be archived, unless it is registered elsewhere", () => {
  const versions = { ...VALID.model.versions, "3": { ...two, archived: true } };
  expect(problemsWith({ model: { name, versions } })).toEqual([]);
  const elsewhere = { id: "azureml:heart:1", archived: true };
  expect(problemsWith({ model: { name, versions: { ...versions, "4": elsewhere } } })).toEqual([
    "model.versions.4.archived: is for versions that are registered here; archive this one where it is registered",
  ]);
});
