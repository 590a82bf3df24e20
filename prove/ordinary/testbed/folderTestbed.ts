import { execFile } from "node:child_process";
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { BLUE, GREEN } from "../../../driver/article";
import type { AzureClient } from "../../../driver/azureClient";
import { COMMAND, MODELS, ROOT } from "../../../driver/paths";
import { TYPESCRIPT_RUNTIME, makeProjectFolder } from "../../../driver/projectFolder";
import type { TypedCommand } from "./commandLine";
import { DEPLOYMENTS, GROUP, SERVED, VERIFY_SECONDS } from "./program";
import { HANGS_MS, Testbed } from "./testbed";
import type { CommandOutcome } from "./testbed";

const PROJECT = "heart";
/** Commands that ask for confirmation and show a preview first. */
const ASKING = new Set(["up", "destroy", "refresh"]);

/** The files of a project as a user has it. */
export interface ProjectFiles {
  readonly settings: object;
  readonly main: string;
  readonly program: string;
  /** Config of the stack, without the name of the project. */
  readonly config: Readonly<Record<string, unknown>>;
}

/** The program of the README, with config for it. */
const TYPED: ProjectFiles = {
  settings: { runtime: TYPESCRIPT_RUNTIME, main: "index.ts" },
  main: "index.ts",
  program: `import { ResourceGroup } from "@pulumi/azure-native/resources/resourceGroup";
import { ProgressiveMlflowEndpoint, readRollout } from "azure-mlflow-rollout";

const { versions = {}, ...rollout } = readRollout();
const group = new ResourceGroup("heart-classifier", { resourceGroupName: "${GROUP}" });
const heart = new ProgressiveMlflowEndpoint("heart", {
  ...rollout,
  resourceGroupName: group.name,
  model: { name: "heart-classifier", versions },
  authMode: "Key",
  policy: { verifyTimeoutSeconds: ${VERIFY_SECONDS} },
});

export const traffic = heart.traffic;
export const scoringUri = heart.scoringUri;
`,
  config: {
    modelVersions: { "1": "models/blue", "2": "models/green" },
    deployments: DEPLOYMENTS,
    candidate: GREEN,
    candidateTraffic: SERVED[GREEN],
  },
};

/** The same in a group with an auto-generated name. */
export const AUTO_NAMED: ProjectFiles = {
  ...TYPED,
  program: TYPED.program.replace(`, { resourceGroupName: "${GROUP}" }`, ""),
};

/** A program that knows the component only by its type token, as in another language. */
export const REMOTE: ProjectFiles = {
  settings: {
    runtime: { name: "nodejs", options: { typescript: false } },
    plugins: { providers: [{ name: "azure-mlflow-rollout", path: ROOT }] },
    main: "index.js",
  },
  main: "index.js",
  program: `const pulumi = require("@pulumi/pulumi");
const { ResourceGroup } = require("@pulumi/azure-native/resources/resourceGroup");

const config = new pulumi.Config();
const group = new ResourceGroup("heart-classifier", { resourceGroupName: "${GROUP}" });
const args = {
  resourceGroupName: group.name,
  model: { name: "heart-classifier", versions: { 1: { path: "models/blue" }, 2: { path: "models/green" } } },
  deployments: config.requireObject("deployments"),
  traffic: config.requireObject("traffic"),
  authMode: "Key",
  policy: { verifyTimeoutSeconds: ${VERIFY_SECONDS} },
};
const type = "azure-mlflow-rollout:index:ProgressiveMlflowEndpoint";
new pulumi.ComponentResource(type, "heart", { ...args, endpointName: undefined }, {}, true);
`,
  config: { deployments: DEPLOYMENTS, traffic: { [BLUE]: 90, [GREEN]: 10 } },
};

/** A testbed with its program in a folder where `pulumi` is typed. */
export class FolderTestbed extends Testbed {
  private constructor(
    azure: AzureClient,
    private readonly folder: string,
    private readonly files: ProjectFiles,
    private readonly env: NodeJS.ProcessEnv,
  ) {
    super(azure);
  }

  static async start(files: ProjectFiles = TYPED): Promise<FolderTestbed> {
    const azure = await Testbed.startAzure();
    const { folder, env } = await makeProjectFolder("heart-ordinary-", azure.azure.env);
    const testbed = new FolderTestbed(azure, folder, files, env);
    testbed.write("package.json", "{}");
    testbed.write("Pulumi.yaml", stringify({ name: PROJECT, ...files.settings }));
    await testbed.type("pulumi stack init dev");
    testbed.restore();
    await testbed.serve();
    return testbed;
  }

  restore(): void {
    this.write(this.files.main, this.files.program);
    this.configure();
    this.restoreModels();
  }

  /** Restores the model folders. */
  restoreModels(): void {
    rmSync(join(this.folder, "models"), { recursive: true, force: true });
    cpSync(MODELS, join(this.folder, "models"), { recursive: true });
  }

  /** Overwrites the folder of a model with that of another. */
  copyModel(from: string, to: string): void {
    cpSync(join(MODELS, from), join(this.folder, "models", to), { recursive: true });
  }

  remove(path: string): void {
    rmSync(join(this.folder, path), { recursive: true });
  }

  write(name: string, text: string): void {
    writeFileSync(join(this.folder, name), text);
  }

  /** Replaces parts of the program, each given with what comes in its place. @throws Error when it has no such part */
  edit(...parts: readonly (readonly [part: string, by: string])[]): void {
    let { program } = this.files;
    for (const [part, by] of parts) {
      if (!program.includes(part)) throw new Error(`the program has no ${part}`);
      program = program.replace(part, () => by);
    }
    this.write(this.files.main, program);
  }

  /** Copies the stack, as somebody might. */
  async copyStack(name: string): Promise<void> {
    await this.type("pulumi stack export --file copied.json");
    const state = readFileSync(join(this.folder, "copied.json"), "utf8");
    this.write("copied.json", state.replaceAll("urn:pulumi:dev::", `urn:pulumi:${name}::`));
    await this.type(`pulumi stack init ${name}`);
    cpSync(join(this.folder, "Pulumi.dev.yaml"), join(this.folder, `Pulumi.${name}.yaml`));
    const { exit, text } = await this.type(`pulumi stack import --file copied.json --stack ${name}`);
    if (exit !== 0) throw new Error(text);
  }

  /** Writes the stack's config: the usual one with changes; undefined removes a key. */
  configure(changes: Readonly<Record<string, unknown>> = {}, others: Readonly<Record<string, unknown>> = {}): void {
    const own = Object.entries({ ...this.usualConfig, ...changes }).filter(([, value]) => value !== undefined);
    this.configureAll({ ...Object.fromEntries(own.map(([key, value]) => [`${PROJECT}:${key}`, value])), ...others });
  }

  /** Writes config of the stack whose keys have their namespace. */
  configureAll(config: Readonly<Record<string, unknown>>): void {
    this.write("Pulumi.dev.yaml", stringify({ config: { "azure-native:location": "westeurope", ...config } }));
  }

  get usualConfig(): Readonly<Record<string, unknown>> {
    return this.files.config;
  }

  override async close(): Promise<void> {
    await super.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  protected readonly project = PROJECT;

  protected get backend(): string {
    return join(this.folder, "state");
  }

  protected run({ env, words }: TypedCommand): Promise<CommandOutcome> {
    const [name = "", ...args] = words[0] === "npx" ? words.slice(1) : words;
    const [verb = ""] = args;
    const [command, ...before] = name === "mlflow-rollout" ? [process.execPath, COMMAND] : [name];
    const isPulumi = name === "pulumi";
    const asks = isPulumi && (ASKING.has(verb) || verb === "state");
    const all = [
      ...before,
      ...args,
      ...(args.includes("init") || args.includes("--stack") ? [] : ["--stack", "dev"]),
      ...(asks ? ["--yes"] : []),
      ...(isPulumi && ASKING.has(verb) && !args.includes("--preview-only") ? ["--skip-preview"] : []),
      ...(isPulumi ? ["--non-interactive", "--color", "never"] : []),
    ].filter((arg, index, given) => !arg.startsWith("--") || given.indexOf(arg) === index || arg === "--target");
    const options = { cwd: this.folder, env: { ...this.env, ...env }, maxBuffer: 2 ** 26, timeout: HANGS_MS };
    return new Promise((resolve) => {
      const child = execFile(command ?? "", all, options, (_, stdout, stderr) => {
        resolve({ exit: child.exitCode ?? -1, text: stdout + stderr });
      });
      child.stdin?.end();
    });
  }
}
