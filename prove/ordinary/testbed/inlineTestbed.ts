import { execFile } from "node:child_process";
import { ProgressiveMlflowEndpoint } from "azure-mlflow-rollout";
import { HeartStack } from "../../../driver/stack";
import type { AzureClient } from "../../../driver/azureClient";
import { optionsOf } from "./commandLine";
import type { TypedCommand } from "./commandLine";
import { declareHeart } from "./program";
import { HANGS_MS, Testbed } from "./testbed";
import type { CommandOutcome } from "./testbed";
import { EXAMPLE } from "../../../driver/paths";

const PROJECT = "heart-classifier";
/** The verbs that run the program, or could. */
const OPERATIONS = new Set(["preview", "up", "refresh", "destroy"]);

/** A program; the outputs of the component that it returns become the stack's. */
export type InlineProgram = () => unknown;

/** A testbed whose program is a function in this process, run by Pulumi's Automation API. */
export class InlineTestbed extends Testbed {
  private openStack: HeartStack | undefined;
  program: InlineProgram;

  private constructor(
    azure: AzureClient,
    private readonly usual: InlineProgram,
  ) {
    super(azure);
    this.program = usual;
  }

  /**
   * @param usual - the program when a case begins
   * @param begin - how the endpoint came to serve
   */
  static async start(
    usual: InlineProgram = declareHeart,
    begin?: (testbed: InlineTestbed) => Promise<CommandOutcome>,
  ): Promise<InlineTestbed> {
    // Programs reject on purpose, some of them after the engine has ended.
    if (!process.listeners("unhandledRejection").includes(ignore)) process.on("unhandledRejection", ignore);
    const testbed = new InlineTestbed(await Testbed.startAzure(), usual);
    testbed.openStack = await HeartStack.open(testbed.azure.azure.env, () => testbed.declare());
    await testbed.serve(begin && (() => begin(testbed)));
    return testbed;
  }

  get stack(): HeartStack {
    if (this.openStack === undefined) throw new Error("the testbed is not open");
    return this.openStack;
  }

  restore(): void {
    this.program = this.usual;
  }

  override async close(): Promise<void> {
    await super.close();
    this.stack.close();
  }

  protected readonly project = PROJECT;

  protected get backend(): string {
    return String(this.env["PULUMI_BACKEND_URL"]).replace("file://", "");
  }

  private get env(): Readonly<Record<string, string>> {
    return this.stack.stack.workspace.envVars;
  }

  private async declare(): Promise<Record<string, unknown>> {
    process.chdir(EXAMPLE);
    const declared = await this.program();
    return declared instanceof ProgressiveMlflowEndpoint
      ? { traffic: declared.traffic, rollout: declared.rollout }
      : {};
  }

  protected async run({ env, words }: TypedCommand): Promise<CommandOutcome> {
    const [, verb = ""] = words;
    if (!OPERATIONS.has(verb)) return this.execute(words);
    Object.assign(process.env, env);
    try {
      return await this.operate(verb, optionsOf(words));
    } finally {
      for (const name of Object.keys(env)) Reflect.deleteProperty(process.env, name);
    }
  }

  private async operate(verb: string, options: Readonly<Record<string, readonly string[]>>): Promise<CommandOutcome> {
    let text = "";
    const given = Object.entries(options).map(([name, values]) => [camelCase(name), optionValue(name, values)]);
    const signal = AbortSignal.timeout(HANGS_MS);
    const all = { ...Object.fromEntries(given), color: "never", signal, onOutput: (part: string) => (text += part) };
    const operations = this.stack.stack as unknown as Record<string, (all: object) => Promise<unknown>>;
    try {
      await operations[verb]?.call(this.stack.stack, all);
      return { exit: 0, text };
    } catch (error) {
      const exit = Number(/\b(?:exit )?code:? (\d+)/.exec(String(error))?.[1] ?? -1);
      return { exit, text: text.includes("error:") ? text : `${text}\n${String(error)}` };
    }
  }

  private execute(words: readonly string[]): Promise<CommandOutcome> {
    const { pulumiCommand, workDir } = this.stack.stack.workspace;
    const [, ...args] = words;
    const options = { cwd: workDir, env: { ...process.env, ...this.env }, timeout: HANGS_MS };
    const all = [...args, "--stack", "dev", ...(args[0] === "state" ? ["--yes"] : [])];
    return new Promise((resolve) => {
      const child = execFile(pulumiCommand.command, all, options, (_, stdout, stderr) => {
        resolve({ exit: child.exitCode ?? -1, text: stdout + stderr });
      });
      child.stdin?.end();
    });
  }
}

function ignore(): void {
  // Pulumi shows it.
}

function camelCase(name: string): string {
  return name.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function optionValue(name: string, values: readonly string[]): unknown {
  if (/^(target|exclude|replace)$/.test(name)) return values;
  if (name === "parallel") return Number(values[0]);
  return values[0] === "" ? true : values[0];
}
