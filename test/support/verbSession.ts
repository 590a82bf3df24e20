import { readFileSync } from "node:fs";
import { join } from "node:path";
import { findEngine } from "azure-mlflow-rollout-local";
import { parse } from "yaml";
import { readLocks, whyHeld } from "../../cli/stack/fileBackend";
import { AttachedPlugins } from "../../driver/attachedPlugins";
import { ENGINE_MEMORY } from "../../driver/engineMemory";
import { SECRETS_PROVIDER, serveSecretsKeeper } from "../../driver/secretsKeeper";
import { UserProject } from "../../driver/userProject";
import { TestAzure } from "./localAzure";
import { writesOf } from "./rehearsal";

/** Virtual seconds in one real second: operations of minutes end at once. */
const SPEED = 100_000;
/** What a session may take on a machine with much else to do. */
export const TIMEOUT_MS = 900_000;

/** A text that is waited for, what is typed then, and what somebody else runs before that. */
export type Answer = readonly [shown: string, typed: string, meanwhile?: string];

/** What a verb came to. */
export interface VerbRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Whether the stack file is as it was, to the letter. */
  readonly fileKept: boolean;
  /** Writes of the engine to the resource manager; what Azure does within one is not counted. */
  readonly writes: readonly string[];
}

/** A user in a project of their own, who types the verbs. */
export class VerbSession {
  private constructor(
    readonly azure: TestAzure,
    readonly project: UserProject,
    private readonly plugins: AttachedPlugins | undefined,
  ) {}

  /**
   * A project with the models 2 and 3 beside the first one, and no stack yet.
   *
   * @param attached - whether the plugins and the program are in this process; not where one is killed; at a terminal they never are
   */
  static async open(attached = false): Promise<VerbSession> {
    const engine = await findEngine();
    if (engine === undefined) throw new Error('there is no Pulumi engine; run "npm run setup"');
    const azure = await TestAzure.start();
    const env = { ...azure.azure.env, ...engine.env, ...ENGINE_MEMORY, ...(await serveSecretsKeeper()) };
    const plugins = attached ? await AttachedPlugins.serve(env, engine.plugins) : undefined;
    const project = UserProject.make({ ...env, ...plugins?.env });
    project.addModel("2", "green");
    project.addModel("3", "blue");
    const session = new VerbSession(azure, project, plugins);
    await session.hurry();
    return session;
  }

  async close(): Promise<void> {
    this.plugins?.close();
    this.project.close();
    await this.azure.close();
  }

  /** The stack, with nothing in it. */
  async init(): Promise<void> {
    await this.project.must(`pulumi stack init dev --secrets-provider ${SECRETS_PROVIDER}`);
  }

  /** The stack, with version 1 in `model-1`. */
  async up(): Promise<void> {
    await this.init();
    await this.project.must("pulumi up --yes --skip-preview");
  }

  /** Types a verb where there is no terminal, such as `promote --yes`. */
  verb(words: string): Promise<VerbRun> {
    return this.observed(() => this.project.type(`mlflow-rollout ${words}`));
  }

  /** Types a verb at a terminal, where somebody answers. */
  verbAtTerminal(words: string, ...answers: readonly Answer[]): Promise<VerbRun> {
    const terminal = join(__dirname, "terminal.py");
    const quoted = `'${JSON.stringify(answers).replaceAll("'", "'\\''")}'`;
    // Ctrl+C there is for all processes, so there have to be some.
    const own = "env -u PULUMI_DEBUG_LANGUAGES -u PULUMI_DEBUG_PROVIDERS";
    return this.observed(() => this.project.type(`${own} python3 ${terminal} ${quoted} mlflow-rollout ${words}`));
  }

  /** What a command does to Azure and to the stack file. */
  async observed(run: () => Promise<{ code: number; stdout: string; stderr: string }>): Promise<VerbRun> {
    const before = this.fileText();
    const since = (await this.azure.trace("kind=arm")).at(-1)?.seq ?? 0;
    const { code, stdout, stderr } = await run();
    const trace = await this.azure.trace(`kind=arm&since=${since}`);
    const writes = writesOf(trace).filter((write) => !write.endsWith(" via"));
    return { code, stdout, stderr, fileKept: this.fileText() === before, writes };
  }

  /** Lets the clock of Azure run fast. */
  async hurry(): Promise<void> {
    await this.azure.clock({ speed: SPEED });
  }

  /** Waits until an engine writes a step. */
  async writeBegins(): Promise<void> {
    const since = (await this.azure.trace("kind=arm")).at(-1)?.seq ?? 0;
    const isWritten = async (): Promise<boolean> =>
      writesOf(await this.azure.trace(`kind=arm&since=${since}`)).includes("PUT deployments");
    while (!(await isWritten())) await new Promise((resolve) => setImmediate(resolve));
  }

  /** Waits until no engine that lives holds the stack. */
  async updateEnds(): Promise<void> {
    const { stateFolder, folder } = this.project;
    const locks = () => readLocks(`file://${stateFolder}`, "organization/heart/dev", folder);
    while (locks().some((lock) => whyHeld(lock) !== undefined)) await new Promise((resolve) => setImmediate(resolve));
  }

  fileText(): string | undefined {
    try {
      return readFileSync(this.project.stackFile, "utf8");
    } catch {
      return undefined;
    }
  }

  /** The config of the stack, keys without a namespace for those of the project. */
  config(): Readonly<Record<string, unknown>> {
    const { config } = parse(this.fileText() ?? "") as { config: Readonly<Record<string, unknown>> };
    return Object.fromEntries(Object.entries(config).map(([key, value]) => [key.replace(/^heart:/, ""), value]));
  }

  /** Whether a preview has nothing to do. */
  async isSettled(): Promise<boolean> {
    return (await this.project.type("pulumi preview --expect-no-changes")).code === 0;
  }
}
