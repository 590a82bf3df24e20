import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Project } from "./project";
import { ROOT } from "../../driver/paths";

const SETTINGS = `name: heart-remote
runtime:
  name: nodejs
  options:
    typescript: false
plugins:
  providers:
    - name: azure-mlflow-rollout
      path: ${JSON.stringify(ROOT)}
config:
  azure-native:location:
    value: westeurope
`;

/** A program in another package's language: it knows the component by its type token alone. */
const PROGRAM = `const pulumi = require("@pulumi/pulumi");
const { ResourceGroup } = require("@pulumi/azure-native/resources/resourceGroup");

const config = new pulumi.Config();
const group = new ResourceGroup("heart-remote");
const args = {
  resourceGroupName: group.name,
  model: { name: "heart-classifier", versions: { 1: { path: "models/blue" }, 2: { path: "models/green" } } },
  deployments: config.requireObject("deployments"),
  traffic: config.requireObject("traffic"),
  authMode: "Key",
  rollout: config.getObject("rollout"),
  deletionProtection: config.getBoolean("deletionProtection"),
};
const type = "azure-mlflow-rollout:index:ProgressiveMlflowEndpoint";
new pulumi.ComponentResource(type, "heart", { ...args, endpointName: undefined }, {}, true);
`;

/** A folder with a project that constructs the component by its plugin, which is this repository. */
export class RemoteProject {
  private constructor(
    readonly project: Project,
    private readonly folder: string,
  ) {}

  static async open(azureEnv: Readonly<Record<string, string>>, config: object): Promise<RemoteProject> {
    const folder = mkdtempSync(join(tmpdir(), "heart-remote-"));
    symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
    cpSync(join(ROOT, "examples", "heart-classifier", "models"), join(folder, "models"), { recursive: true });
    writeFileSync(join(folder, "Pulumi.yaml"), SETTINGS);
    writeFileSync(join(folder, "Pulumi.dev.yaml"), JSON.stringify({ config }));
    writeFileSync(join(folder, "index.js"), PROGRAM);
    return new RemoteProject(await Project.open(azureEnv, { folder }), folder);
  }

  close(): void {
    this.project.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
