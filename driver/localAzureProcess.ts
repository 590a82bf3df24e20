import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { Agent, get } from "node:https";
import { createInterface } from "node:readline";
import type { LocalAzure } from "azure-mlflow-rollout-local";
import { COMMAND } from "./paths";

/** What `mlflow-rollout local --json` prints. */
type Settings = Omit<LocalAzure, "close">;

interface TraceEntry {
  readonly seq: number;
  readonly method: string;
  readonly via?: string;
}

type Document = Readonly<Record<string, unknown>> & { readonly properties?: Readonly<Record<string, unknown>> };

/** A local Azure ML in its own process, started as a user starts it. */
export class LocalAzureProcess {
  private readonly agent: Agent;

  private constructor(
    private readonly child: ChildProcess,
    readonly settings: Settings,
  ) {
    this.agent = new Agent({ ca: readFileSync(settings.ca), keepAlive: true });
  }

  /** @param speed - virtual seconds in one real second */
  static async start(speed: number): Promise<LocalAzureProcess> {
    const args = [COMMAND, "local", "--json", "--speed", String(speed)];
    const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
    const line = await new Promise<string>((resolve, reject) => {
      createInterface(child.stdout).once("line", resolve);
      child.once("exit", (code) => reject(new Error(`the local Azure ended with exit code ${code}`)));
    });
    return new LocalAzureProcess(child, JSON.parse(line) as Settings);
  }

  /** The live weights of the only endpoint; empty without one. */
  async liveTraffic(): Promise<Record<string, number>> {
    const { resources } = await this.read<{ resources: readonly Document[] }>("state");
    const endpoint = resources.find(({ type }) => String(type).endsWith("/onlineEndpoints"));
    return (endpoint?.properties?.["traffic"] ?? {}) as Record<string, number>;
  }

  /** The current position in the trace. */
  async traceEnd(): Promise<number> {
    const { entries } = await this.read<{ entries: readonly TraceEntry[] }>("trace?kind=arm");
    return entries.at(-1)?.seq ?? 0;
  }

  /** Writes and deletes sent by clients to Azure Resource Manager since then. */
  async armWrites(since: number): Promise<number> {
    const { entries } = await this.read<{ entries: readonly TraceEntry[] }>(`trace?kind=arm&since=${since}`);
    return entries.filter(({ method, via }) => /^(PUT|PATCH|DELETE)$/.test(method) && via === undefined).length;
  }

  /** Its peak memory in MB. */
  async peakMemory(): Promise<number> {
    const { peakMemoryMb } = await this.read<{ peakMemoryMb: number }>("health");
    return peakMemoryMb;
  }

  async stop(): Promise<void> {
    this.agent.destroy();
    const exit = once(this.child, "exit");
    this.child.kill("SIGTERM");
    await exit;
  }

  private read<T>(path: string): Promise<T> {
    return new Promise((resolve, reject) => {
      get(`${this.settings.url}/_local/${path}`, { agent: this.agent }, (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (part: string) => (text += part));
        response.once("end", () => resolve(JSON.parse(text) as T));
      }).once("error", reject);
    });
  }
}
