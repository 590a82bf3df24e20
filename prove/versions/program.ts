import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../driver/paths";

const MODELS = join(ROOT, "examples", "heart-classifier", "models");

const PROJECT = `name: versions
runtime:
  name: nodejs
  options:
    typescript: false
`;

/** A program in plain JavaScript; the weight of the candidate is config, and whether errors of the constructor are caught. */
const PROGRAM = `const pulumi = require("@pulumi/pulumi");
const { ResourceGroup } = require("@pulumi/azure-native/resources/resourceGroup");
const { ProgressiveMlflowEndpoint } = require("azure-mlflow-rollout");

const weight = new pulumi.Config().requireNumber("weight");
const CAUGHT = new pulumi.Config().getBoolean("caught") === true;
const { name: resourceGroupName } = new ResourceGroup("versions", { location: "westeurope" });
const declare = () => new ProgressiveMlflowEndpoint("heart", {
  resourceGroupName,
  model: {
    name: "heart-classifier",
    versions: {
      1: { path: ${JSON.stringify(join(MODELS, "blue"))} },
      2: { path: ${JSON.stringify(join(MODELS, "green"))} },
    },
  },
  deployments: { blue: { modelVersion: "1" }, green: { modelVersion: "2" } },
  traffic: { blue: 100 - weight, green: weight },
});
let heart;
try {
  heart = declare();
} catch (error) {
  // Somebody hides what the component says.
  if (!CAUGHT) throw error;
}
module.exports = { traffic: heart?.traffic };
`;

/** Puts the program beside the packages of a project. */
export function writeProgram(folder: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "Pulumi.yaml"), PROJECT);
  writeFileSync(join(folder, "index.js"), PROGRAM);
}
