import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { globalAgent } from "node:https";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { LocalWorkspace, PulumiCommand, Stack } from "@pulumi/pulumi/automation";
import type { EngineEvent, ProjectSettings, PulumiFn } from "@pulumi/pulumi/automation";
import * as state from "@pulumi/pulumi/runtime/state";
import { findEngine } from "azure-mlflow-rollout-local";
import { parse, stringify } from "yaml";
import { AttachedProviders } from "./attachedProviders";
import { ENGINE_MEMORY } from "./engineMemory";
import { makeFreshStack } from "./freshStack";
import { ROOT } from "./paths";
import { runProgram } from "./runProgram";
import { SECRETS_PROVIDER, serveSecretsKeeper } from "./secretsKeeper";

const STACK = "dev";

/** What an operation of the engine did, as far as a test or a person asks. */
export interface OperationResult {
  /** Resources by what happened to them: `create`, `update`, `delete`, `same`. */
  readonly changes: Readonly<Record<string, number>>;
  /** The steps that changed something, as `update azure-native:resources:Deployment heart-traffic`. */
  readonly steps: readonly string[];
  /** What a terminal shows. */
  readonly text: string;
}

/** A resource as the state file has it. */
export interface ResourceInState {
  readonly type: string;
  readonly urn: string;
  readonly id?: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
}

interface OperationOptions {
  readonly onOutput: (text: string) => void;
  readonly onEvent: (event: EngineEvent) => void;
  readonly color: "never";
}

/** What changes something; a stack's own record is no change. */
const CHANGES = new Set(["create", "update", "delete", "replace", "create-replacement", "delete-replaced"]);

/** Found once, since that starts processes. */
let engineOfProcess: ReturnType<typeof openEngine> | undefined;

async function openEngine() {
  const engine = await findEngine();
  if (engine === undefined) throw new Error('there is no Pulumi engine; run "npx mlflow-rollout engine"');
  const pulumiCommand = await PulumiCommand.get({ root: dirname(dirname(engine.cli.path)), skipVersionCheck: true });
  return { engine, pulumiCommand };
}

/** A stack of a project, the heart-classifier unless another is named, on a local Azure; its state is in a temporary folder. */
export class HeartStack {
  private constructor(
    /** The stack of the Automation API, for what has no method here. */
    readonly stack: Stack,
    private readonly project: string,
    private readonly folder: string,
    private readonly providers: AttachedProviders | undefined,
  ) {}

  /**
   * @param env - variables of the local Azure
   * @param program - what to run instead of the project's own
   * @param project - folder of the project, with its `Pulumi.yaml` and the config of its stack
   */
  static async open(
    env: Readonly<Record<string, string>>,
    program?: PulumiFn,
    project: string = ROOT,
  ): Promise<HeartStack> {
    engineOfProcess ??= openEngine();
    const { engine, pulumiCommand } = await engineOfProcess;
    const folder = mkdtempSync(join(tmpdir(), "heart-stack-"));
    const [backend, workDir] = [join(folder, "state"), join(folder, "project")];
    for (const path of [backend, workDir]) mkdirSync(path);
    // The program runs in this process, which reads the variable for extra certificates only when it starts.
    const certificate = env["NODE_EXTRA_CA_CERTS"];
    if (certificate !== undefined) globalAgent.options.ca = readFileSync(certificate);
    const stackFile = join(workDir, `Pulumi.${STACK}.yaml`);
    copyFileSync(join(project, `Pulumi.${STACK}.yaml`), stackFile);
    const { main = ".", ...projectSettings } = readYaml(join(project, "Pulumi.yaml")) as unknown as ProjectSettings;
    const pluginEnv = { ...env, ...engine.env };
    const providers = engine.plugins === "stand-in" ? await AttachedProviders.serve(pluginEnv) : undefined;
    const workspace = await LocalWorkspace.create({
      workDir,
      pulumiCommand,
      program: program ?? (() => runProgram(join(project, main))),
      // With what it declares, so its config counts here too.
      projectSettings,
      secretsProvider: SECRETS_PROVIDER,
      envVars: {
        ...pluginEnv,
        ...providers?.env,
        ...ENGINE_MEMORY,
        ...(await serveSecretsKeeper()),
        PULUMI_BACKEND_URL: `file://${backend}`,
      },
    });
    const kind = JSON.stringify([projectSettings, readYaml(stackFile)]);
    await makeFreshStack(folder, kind, () => workspace.createStack(STACK));
    const stack = await Stack.create(STACK, Object.assign(workspace, { createStack: () => Promise.resolve() }));
    // After each update the Automation API starts three more processes, to read outputs and history.
    Object.assign(stack, { outputs: async () => ({}), info: async () => undefined });
    return new HeartStack(stack, projectSettings.name, folder, providers);
  }

  /** As `pulumi config set --path`. */
  async setConfig(path: string, value: string): Promise<void> {
    await this.stack.setConfig(path, { value }, true);
  }

  /** As `pulumi config rm --path`. */
  async removeConfig(path: string): Promise<void> {
    await this.stack.removeConfig(path, true);
  }

  /** Replaces the config of the project, as an edit of the stack file does; all other config stays. */
  configure(values: Readonly<Record<string, unknown>>): void {
    const file = join(this.folder, "project", `Pulumi.${STACK}.yaml`);
    const settings = readYaml(file);
    const others = Object.entries(settings.config ?? {}).filter(([key]) => !key.startsWith(`${this.project}:`));
    const own = Object.entries(values).map(([key, value]) => [`${this.project}:${key}`, value]);
    writeFileSync(file, stringify({ ...settings, config: Object.fromEntries([...others, ...own]) as object }));
  }

  preview(): Promise<OperationResult> {
    return this.operate((options) => this.stack.preview(options));
  }

  /** @param onStep - told how many resources are done */
  up(onStep?: (done: number) => void): Promise<OperationResult> {
    return this.operate((options) => this.stack.up(options), onStep);
  }

  refresh(): Promise<OperationResult> {
    return this.operate((options) => this.stack.refresh(options));
  }

  destroy(): Promise<OperationResult> {
    return this.operate((options) => this.stack.destroy(options));
  }

  /** As `pulumi up -c deletionProtection=false`, without which nothing that serves can be destroyed. */
  async unprotect(): Promise<OperationResult> {
    await this.setConfig("deletionProtection", "false");
    return this.up();
  }

  /** As `pulumi up -c deletionProtection=false && pulumi destroy`, for a program that takes its arguments from config. */
  async remove(): Promise<OperationResult> {
    await this.unprotect();
    return this.destroy();
  }

  async outputs(): Promise<Record<string, unknown>> {
    const outputs = await this.stack.workspace.stackOutputs(STACK);
    return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value as unknown]));
  }

  async resources(): Promise<readonly ResourceInState[]> {
    const { deployment } = await this.stack.exportStack();
    return (deployment as { resources?: ResourceInState[] }).resources ?? [];
  }

  /** Forgets the state; what is in the local Azure stays. */
  close(): void {
    this.providers?.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async operate(
    run: (options: OperationOptions) => Promise<unknown>,
    onStep?: (done: number) => void,
  ): Promise<OperationResult> {
    const steps: string[] = [];
    let done = 0;
    let text = "";
    let changes: Readonly<Record<string, number>> = {};
    const onEvent = ({ resourcePreEvent, resOutputsEvent, summaryEvent }: EngineEvent): void => {
      changes = (summaryEvent?.resourceChanges as Record<string, number> | undefined) ?? changes;
      const { op, type, urn } = resourcePreEvent?.metadata ?? { op: "same", type: "", urn: "" };
      if (CHANGES.has(op)) steps.push(`${op} ${type} ${urn.split("::").at(-1) ?? ""}`);
      if (resOutputsEvent !== undefined && CHANGES.has(resOutputsEvent.metadata.op)) onStep?.((done += 1));
    };
    try {
      await withOwnStore(() => run({ onOutput: (part) => (text += part), onEvent, color: "never" }));
    } catch (error) {
      throw new Error(text.trim() === "" ? String(error) : text, { cause: error });
    }
    return { changes, steps, text };
  }
}

/**
 * Does something with a store of Pulumi's SDK of its own. When an operation ends, the Automation API fails it for promises
 * that are open in the store around it: in the store of the process, those are what programs with mocks have left.
 */
function withOwnStore<T>(run: () => Promise<T>): Promise<T> {
  const sdk = state as unknown as { withLocalStorage(run: () => Promise<T>): Promise<T> };
  return sdk.withLocalStorage(run);
}

function readYaml(file: string): { readonly config?: Readonly<Record<string, unknown>> } {
  return parse(readFileSync(file, "utf8")) as { config?: Record<string, unknown> };
}
