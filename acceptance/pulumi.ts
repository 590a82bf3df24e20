import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { killTree } from "../prove/crash/processTree";

/** The project's folder. */
export const PROJECT = join(__dirname, "project");
const STACK = "acceptance";

/** A command's output, both streams, and exit code; -1 when killed. */
export interface CommandOutput {
  readonly code: number;
  readonly text: string;
}

/** The project of the walk, in which `pulumi` is typed as a user types it; config and state are in a folder of the run. */
export class PulumiProject {
  private readonly configFile: string;
  private readonly env: NodeJS.ProcessEnv;

  /** @param signal - ends the command that is running, at once */
  constructor(
    folder: string,
    env: Readonly<Record<string, string>>,
    private readonly signal: AbortSignal,
  ) {
    const state = join(folder, "state");
    mkdirSync(state);
    this.configFile = join(folder, `Pulumi.${STACK}.yaml`);
    this.env = {
      ...process.env,
      ...env,
      PULUMI_BACKEND_URL: `file://${state}`,
      PULUMI_CONFIG_PASSPHRASE: "acceptance",
    };
  }

  /** Makes the stack. */
  async open(): Promise<void> {
    await this.must("stack", "init", STACK);
  }

  /** Types a command, such as `up` or `config set candidate green`. */
  async type(...args: readonly string[]): Promise<CommandOutput> {
    this.signal.throwIfAborted();
    const place = args[0] === "stack" ? [] : ["--config-file", this.configFile];
    const stack = args[1] === "init" ? [] : ["--stack", STACK];
    const consent = ["up", "destroy"].includes(args[0] ?? "") ? ["--yes"] : [];
    // In its own process group, so Ctrl+C reaches only this process.
    const child = spawn("pulumi", [...args, ...stack, ...place, ...consent, "--non-interactive", "--color", "never"], {
      cwd: PROJECT,
      env: this.env,
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    // Whatever it was writing is deleted with the resource group.
    const stop = (): void => {
      if (child.pid !== undefined) killTree(child.pid);
    };
    this.signal.addEventListener("abort", stop);
    try {
      const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
      this.signal.throwIfAborted();
      return { code: child.exitCode ?? -1, text: `${stdout}${stderr}` };
    } finally {
      this.signal.removeEventListener("abort", stop);
    }
  }

  /** @throws Error with what the command printed when it fails */
  async must(...args: readonly string[]): Promise<string> {
    const { code, text: shown } = await this.type(...args);
    if (code === 0) return shown;
    throw new Error(`pulumi ${args.join(" ")} ended with ${code}:\n${shown.trim()}`);
  }

  async outputs(): Promise<Readonly<Record<string, string>>> {
    const shown = await this.must("stack", "output", "--json", "--show-secrets");
    return JSON.parse(shown) as Record<string, string>;
  }
}
