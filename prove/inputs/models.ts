import { wrongTypeMessage } from "./badInput";
import type { BadInput, Values } from "./badInput";
import { SERVING } from "./serving";

/** The config's model versions with version 3 beside them. */
function third(source: unknown, version = "3"): Values {
  return { modelVersions: { ...(SERVING["modelVersions"] as Values), [version]: source } };
}

/** The model and its versions. */
export const BAD_MODELS: readonly BadInput[] = [
  {
    name: "a model folder that is not there",
    config: third("models/red"),
    refusedBy: "registration of the model",
    lines: ['model.versions.3.path: "models/red" is not a folder; give the folder that MLflow saved the model in'],
  },
  {
    name: "a folder without MLmodel",
    config: third("models"),
    refusedBy: "registration of the model",
    lines: ['model.versions.3.path: "models" has no file MLmodel; give the folder that MLflow saved the model in'],
  },
  {
    name: "a file in place of a folder",
    config: third("models/blue/MLmodel"),
    refusedBy: "registration of the model",
    lines: [
      'model.versions.3.path: "models/blue/MLmodel" is not a folder; give the folder that MLflow saved the model in',
    ],
  },
  {
    name: "an empty path",
    config: third(""),
    refusedBy: "arguments",
    lines: ['model.versions.3.path: "" is not a folder; give the folder that MLflow saved the model in'],
  },
  {
    name: "a label as a version",
    config: third("models/green", "latest"),
    refusedBy: "arguments",
    lines: [
      'model.versions.latest: "latest" is not a model version; use a whole number from 1 such as "2", labels like "latest" are not versions',
    ],
  },
  {
    name: "version 0",
    config: third("models/green", "0"),
    refusedBy: "arguments",
    lines: [
      'model.versions.0: "0" is not a model version; use a whole number from 1 such as "2", labels like "latest" are not versions',
    ],
  },
  {
    name: "a version with a dot",
    config: third("models/green", "1.1"),
    refusedBy: "arguments",
    lines: [
      'model.versions.1.1: "1.1" is not a model version; use a whole number from 1 such as "2", labels like "latest" are not versions',
    ],
  },
  {
    name: "a version from two places",
    config: third({ path: "models/green", uri: "azureml://jobs/train-1/outputs/model" }),
    refusedBy: "arguments",
    lines: ["model.versions.3: needs exactly one of path, uri and id, got path and uri"],
  },
  {
    name: "a version from nowhere",
    config: third({}),
    refusedBy: "arguments",
    lines: ["model.versions.3: needs exactly one of path, uri and id, got none"],
  },
  {
    name: "a misspelt place",
    config: third({ folder: "models/green" }),
    refusedBy: "arguments",
    lines: [
      "model.versions.3.folder: no such setting; use path, uri, id, archived",
      "model.versions.3: needs exactly one of path, uri and id, got none",
    ],
  },
  {
    name: "a web address",
    config: third({ uri: "https://example.net/model" }),
    refusedBy: "arguments",
    lines: ['model.versions.3.uri: must begin with azureml:// or runs:/, got "https://example.net/model"'],
  },
  {
    name: "an id of something else",
    config: third({ id: "/subscriptions/1/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/a" }),
    refusedBy: "arguments",
    lines: [
      'model.versions.3.id: must be the ARM id of a model version, azureml:<name>:<version> or azureml://registries/<registry>/models/<name>/versions/<version>, got "/subscriptions/1/resourceGroups/rg/providers/Microsoft.S...',
    ],
  },
  {
    name: "a version that is a number",
    config: third(5),
    refusedBy: "arguments",
    lines: ["model.versions.3: must be { path }, { uri } or { id }, got 5"],
  },
  {
    name: "model versions as text",
    config: { modelVersions: "models/blue" },
    byPulumi: wrongTypeMessage("modelVersions", "object"),
    refusedBy: "stack config",
    lines: ['modelVersions: must be a map such as {"1": "models/blue"}, got "models/blue"'],
  },
  {
    name: "other content under a registered version",
    config: { modelVersions: { "1": "models/green", "2": "models/green" } },
    refusedBy: "registration of the model",
    lines: [
      "model.versions.1: its content is not what is registered; registered versions never change, declare the new content as version 3 or later",
    ],
  },
  {
    name: "a model without a name",
    args: { model: { versions: { "1": { path: "models/blue" }, "2": { path: "models/green" } } } },
    refusedBy: "arguments",
    lines: ["model.name: is missing; name the registered model"],
  },
  {
    name: "a model name with a blank",
    args: {
      model: { name: "heart classifier", versions: { "1": { path: "models/blue" }, "2": { path: "models/green" } } },
    },
    refusedBy: "arguments",
    lines: [
      'model.name: "heart classifier" is not a valid model name; use 1 to 255 letters, digits, dashes and underscores, a letter or digit first',
    ],
  },
  {
    name: "a model without versions",
    args: { model: { name: "heart-classifier" } },
    refusedBy: "arguments",
    lines: ['model.versions: has no version; add one such as "1": { path: "models/blue" }'],
  },
  {
    name: "an existing model in words",
    args: {
      model: {
        name: "heart-classifier",
        existing: "yes",
        versions: { "1": { path: "models/blue" }, "2": { path: "models/green" } },
      },
    },
    refusedBy: "arguments",
    lines: ['model.existing: must be true or false, got "yes"'],
  },
  {
    name: "no model",
    args: { model: undefined },
    refusedBy: "arguments",
    lines: ["model: is missing; give the model's name and at least one version"],
  },
];
