import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { LocalWorkspace, PulumiCommand } from "@pulumi/pulumi/automation";
import type { ConfigMap, EngineEvent, ProjectSettings, PulumiFn, Stack } from "@pulumi/pulumi/automation";
import { findEngine } from "azure-mlflow-rollout-local";
import { parse } from "yaml";

const ROOT = join(__dirname, "..");
const EXAMPLE = join(ROOT, "examples", "heart-classifier");

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

/** A stack of the heart-classifier project on a local Azure, with its state in a temporary folder. */
export class HeartStack {
  private constructor(
    private readonly stack: Stack,
    private readonly folder: string,
  ) {}

  /**
   * @param env - variables of the local Azure
   * @param program - what to run instead of the example
   */
  static async open(env: Readonly<Record<string, string>>, program: PulumiFn = exampleProgram): Promise<HeartStack> {
    const engine = await findEngine();
    if (engine === undefined) throw new Error('there is no Pulumi engine; run "npx mlflow-rollout engine"');
    const folder = mkdtempSync(join(tmpdir(), "heart-stack-"));
    const [backend, workDir] = [join(folder, "state"), join(folder, "project")];
    for (const path of [backend, workDir]) mkdirSync(path);
    const pulumiCommand = await PulumiCommand.get({ root: dirname(dirname(engine.cli.path)), skipVersionCheck: true });
    const stack = await LocalWorkspace.createOrSelectStack(
      { stackName: "dev", projectName: "heart-classifier", program },
      {
        workDir,
        pulumiCommand,
        projectSettings: projectSettings(),
        envVars: {
          ...env,
          ...engine.env,
          PULUMI_BACKEND_URL: `file://${backend}`,
          PULUMI_CONFIG_PASSPHRASE: "rehearsal",
        },
      },
    );
    return new HeartStack(stack, folder);
  }

  /** Sets config as `pulumi config set` does; objects are written as JSON. */
  async configure(values: Readonly<Record<string, unknown>>): Promise<void> {
    const config: ConfigMap = {};
    for (const [key, value] of Object.entries(values)) {
      config[key] = { value: typeof value === "string" ? value : JSON.stringify(value) };
    }
    await this.stack.setAllConfig(config);
  }

  preview(): Promise<OperationResult> {
    return this.operate((options) => this.stack.preview(options));
  }

  up(): Promise<OperationResult> {
    return this.operate((options) => this.stack.up(options));
  }

  refresh(): Promise<OperationResult> {
    return this.operate((options) => this.stack.refresh(options));
  }

  destroy(): Promise<OperationResult> {
    return this.operate((options) => this.stack.destroy(options));
  }

  async outputs(): Promise<Record<string, unknown>> {
    const outputs = await this.stack.outputs();
    return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value as unknown]));
  }

  async resources(): Promise<readonly ResourceInState[]> {
    const { deployment } = await this.stack.exportStack();
    return (deployment as { resources?: ResourceInState[] }).resources ?? [];
  }

  /** Forgets the state; what is in the local Azure stays. */
  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async operate(
    run: (options: {
      onOutput: (text: string) => void;
      onEvent: (event: EngineEvent) => void;
      color: "never";
    }) => Promise<unknown>,
  ): Promise<OperationResult> {
    const steps: string[] = [];
    let text = "";
    let changes: Readonly<Record<string, number>> = {};
    const onEvent = ({ resourcePreEvent, summaryEvent }: EngineEvent): void => {
      changes = (summaryEvent?.resourceChanges as Record<string, number> | undefined) ?? changes;
      const { op, type, urn } = resourcePreEvent?.metadata ?? { op: "same", type: "", urn: "" };
      if (op !== "same" && op !== "read") steps.push(`${op} ${type} ${urn.split("::").at(-1) ?? ""}`);
    };
    try {
      await run({ onOutput: (part) => (text += part), onEvent, color: "never" });
    } catch (error) {
      throw new Error(text.trim() === "" ? String(error) : text, { cause: error });
    }
    return { changes, steps, text };
  }
}

/** The example as it is, loaded afresh: a program runs once for each operation. */
function exampleProgram(): Promise<Record<string, unknown>> {
  const path = join(EXAMPLE, "index.ts");
  process.chdir(EXAMPLE);
  delete require.cache[path];
  return Promise.resolve(require(path) as Record<string, unknown>);
}

/** The project of `Pulumi.yaml`, so that its config counts here too. */
function projectSettings(): ProjectSettings {
  const settings = parse(readFileSync(join(ROOT, "Pulumi.yaml"), "utf8")) as ProjectSettings;
  const { main: _, ...inline } = settings;
  return inline;
}
