import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { findEngine, startLocalAzure } from "azure-mlflow-rollout-local";
import type { Exchange, SentReply } from "azure-mlflow-rollout-local";
import { parse, stringify } from "yaml";
import type { ExportedStack } from "../../cli/stack/exportedStack";
import { readLocks } from "../../cli/stack/fileBackend";
import type { LockOwner } from "../../cli/stack/fileBackend";
import { AttachedPlugins } from "../../driver/attachedPlugins";
import { AzureClient } from "../../driver/azureClient";
import { ENGINE_MEMORY } from "../../driver/engineMemory";
import type { CrashStage } from "./stages";
import { COMMAND, ROOT } from "../../driver/paths";

const PROJECT = "heart-classifier";
/** Virtual seconds in one real second: operations of minutes end at once. */
const SPEED = 100_000;

const QUIET = ["--non-interactive", "--color", "never"];

export type Document = Readonly<Record<string, unknown>>;

/** Observes a command's calls, including those inside a template deployment (`via`). */
export interface CallObserver {
  admit?(exchange: Exchange): Promise<boolean>;
  replied?(exchange: Exchange, reply: SentReply, via?: string): void;
}

/** A command that is running. */
export interface RunningCommand {
  readonly child: ChildProcess;
  /** Its exit code, -1 when killed, and its output. */
  readonly end: Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }>;
}

/** A local Azure and a stack of the project in one folder: copying the folder copies both. */
export class CrashTestbed {
  private constructor(
    readonly azure: AzureClient,
    private readonly observers: Set<CallObserver>,
    private readonly folder: string,
    private readonly stack: string,
    private readonly env: NodeJS.ProcessEnv,
    /** For commands that nobody kills. */
    private readonly plugins: AttachedPlugins,
  ) {}

  /** @param port - a copy needs the original's, since the state contains addresses */
  static async open(folder: string, stack: string, port = 0): Promise<CrashTestbed> {
    const engine = await findEngine();
    if (engine === undefined) throw new Error('there is no Pulumi engine; run "npm run setup"');
    const state = join(folder, "state");
    mkdirSync(state, { recursive: true });
    const observers = new Set<CallObserver>();
    const local = await startLocalAzure({
      dataDirectory: join(folder, "azure"),
      port,
      speed: SPEED,
      admit: async (exchange) => {
        for (const observer of observers) if ((await observer.admit?.(exchange)) === false) return false;
        return true;
      },
      onExchange: (exchange, reply, via) => {
        for (const observer of observers) observer.replied?.(exchange, reply, via);
      },
    });
    const secrets = { PULUMI_BACKEND_URL: `file://${state}`, PULUMI_CONFIG_PASSPHRASE: "rehearsal" };
    // The client's secret is a stack secret, as for users without other credentials.
    const { ARM_CLIENT_SECRET: _, ...azureEnv } = local.env;
    const env = { ...process.env, ...azureEnv, ...engine.env, ...ENGINE_MEMORY, ...secrets };
    const plugins = await AttachedPlugins.serve(env, engine.plugins);
    const testbed = new CrashTestbed(new AzureClient(local), observers, folder, stack, env, plugins);
    if (!existsSync(testbed.settingsFile)) await testbed.createStack();
    return testbed;
  }

  get port(): number {
    return Number(new URL(this.azure.azure.url).port);
  }

  /** @returns stops observing */
  observe(observer: CallObserver): () => void {
    this.observers.add(observer);
    return () => void this.observers.delete(observer);
  }

  /** Sets the config of the project as a stage declares it. */
  configure({ config }: Pick<CrashStage, "config">): void {
    const settings = parse(readFileSync(this.settingsFile, "utf8")) as Document;
    const own = Object.fromEntries(Object.entries(config).map(([key, value]) => [`${PROJECT}:${key}`, value]));
    const kept = settings["config"] as Document;
    writeFileSync(this.configFile, stringify({ ...settings, config: { ...kept, ...own } }));
  }

  /** Types a pulumi command in the project's folder, which may be killed. */
  pulumi(...args: readonly string[]): RunningCommand {
    return this.start("pulumi", [...args, "--stack", this.stack, ...QUIET]);
  }

  /** The same for one that nobody kills: its program is in this process. */
  type(...args: readonly string[]): RunningCommand["end"] {
    return this.start("pulumi", [...args, "--stack", this.stack, ...QUIET], this.plugins.env).end;
  }

  /** Types `mlflow-rollout recover` in the project's folder, as a pipeline does. */
  recover(...flags: readonly string[]): RunningCommand {
    const args = ["recover", "--stack", this.stack, "--yes", "--skip-preview", "--json", ...flags];
    return this.start(process.execPath, [COMMAND, ...args], this.plugins.env);
  }

  /** The state in the backend, as `pulumi stack export` shows it. */
  state(): ExportedStack {
    const file = join(this.folder, "state", ".pulumi", "stacks", PROJECT, `${this.stack}.json`);
    const { checkpoint } = JSON.parse(readFileSync(file, "utf8")) as {
      checkpoint: { latest?: ExportedStack["deployment"] };
    };
    return { deployment: checkpoint.latest ?? {} };
  }

  locks(): readonly LockOwner[] {
    const backend = `file://${join(this.folder, "state")}`;
    return readLocks(backend, `organization/${PROJECT}/${this.stack}`, ROOT);
  }

  /** All resources of Azure. */
  resources(): Promise<readonly Document[]> {
    return this.azure.resources();
  }

  async endpoint(): Promise<Document | undefined> {
    const [endpoint] = await this.azure.resources("/onlineEndpoints");
    return endpoint;
  }

  freeze(): Promise<unknown> {
    return this.azure.clock({ freeze: true });
  }

  thaw(): Promise<unknown> {
    return this.azure.clock({ speed: SPEED });
  }

  /** Stops Azure; the folder is kept. */
  async close(): Promise<void> {
    this.plugins.close();
    await this.azure.close();
    rmSync(this.configFile, { force: true });
  }

  private async createStack(): Promise<void> {
    const { clientSecret } = this.azure.azure;
    for (const args of [
      ["stack", "init", this.stack, "--non-interactive"],
      // A secret can start with a dash.
      ["config", "set", "--secret", "--stack", this.stack, "--", "azure-native:clientSecret", clientSecret],
    ]) {
      const { code, stderr } = await this.start("pulumi", args).end;
      if (code !== 0) throw new Error(stderr);
    }
    writeFileSync(this.settingsFile, readFileSync(this.configFile));
  }

  private start(command: string, args: readonly string[], more: NodeJS.ProcessEnv = {}): RunningCommand {
    const child = spawn(command, args, { cwd: ROOT, env: { ...this.env, ...more }, stdio: ["ignore", "pipe", "pipe"] });
    const end = Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]).then(
      ([stdout, stderr]) => ({ code: child.exitCode ?? -1, stdout, stderr }),
    );
    return { child, end };
  }

  private get configFile(): string {
    return join(ROOT, `Pulumi.${this.stack}.yaml`);
  }

  /** The stack file's content besides the config. */
  private get settingsFile(): string {
    return join(this.folder, "stack.yaml");
  }
}
