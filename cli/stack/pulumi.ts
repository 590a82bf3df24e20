import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";

export interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command that ends in a tenth of a second has no need to collect memory, which takes it a quarter of that. */
const SHORT = { GOGC: "off", GOMEMLIMIT: "1GiB" };

/** The Pulumi CLI of the user, run in one folder. */
export class Pulumi {
  /**
   * @param signal - ends commands that only read; those that write are finished first
   * @param cancel - is passed on to a command that is watched; the same signal unless it is given
   */
  constructor(
    private readonly cwd: string,
    private readonly env: NodeJS.ProcessEnv = process.env,
    private readonly signal?: AbortSignal,
    private readonly cancel = signal,
  ) {}

  /** The backend that the user has set for all commands, whatever they have logged in to. */
  get backendUrl(): string | undefined {
    const url = this.env["PULUMI_BACKEND_URL"];
    return url === "" ? undefined : url;
  }

  /**
   * Runs a command and takes what it prints; it can still ask for a passphrase when there is a terminal.
   *
   * @throws what the signal says when it ends the command
   */
  async run(args: readonly string[], input?: string): Promise<CommandResult> {
    return this.runWith(this.env, args, input);
  }

  /** The same for a command that says what a stack is, and starts no plugin. */
  async look(args: readonly string[]): Promise<CommandResult> {
    return this.runWith({ ...SHORT, ...this.env }, args);
  }

  /** Runs a command that writes, out of reach of Ctrl+C: it ends as it would have ended. */
  async write(args: readonly string[], input?: string): Promise<CommandResult> {
    this.signal?.throwIfAborted();
    return resultOf(this.start(args, input, true), input);
  }

  /** @throws Error with what the command printed when it fails */
  async must(args: readonly string[], input?: string): Promise<string> {
    const { code, stdout, stderr } = await this.run(args, input);
    if (code === 0) return stdout;
    throw new Error(`pulumi ${args.join(" ")} failed:\n${`${stdout}\n${stderr}`.trim()}`);
  }

  /**
   * Runs a command that talks to the user.
   *
   * @param output - where it prints to
   * @returns its exit code
   */
  async show(args: readonly string[], output: "stdout" | "stderr"): Promise<number> {
    this.signal?.throwIfAborted();
    // In a terminal Ctrl+C is for the command, which then ends in order while this process waits for it. Where there is
    // none the command gets it from here, and only once: the second one would end it at once.
    const alone = !process.stdin.isTTY;
    const child = spawn("pulumi", args, {
      cwd: this.cwd,
      env: this.env,
      stdio: ["inherit", output === "stdout" ? "inherit" : 2, "inherit"],
      detached: alone,
    });
    const wait = (): void => undefined;
    const pass = (): void => void (alone && child.kill("SIGINT"));
    process.on("SIGINT", wait);
    this.signal?.addEventListener("abort", pass);
    try {
      return await exitOf(child);
    } finally {
      this.signal?.removeEventListener("abort", pass);
      process.off("SIGINT", wait);
    }
  }

  /**
   * Runs a command that writes and that somebody waits for: Ctrl+C is passed on once, and it ends in order. It prints to
   * files, not to this process: when that is killed, the command goes on to its end, which a broken pipe would cut off.
   *
   * @param folder - for these files
   * @param env - variables for this command alone
   */
  async watch(args: readonly string[], folder: string, env: NodeJS.ProcessEnv): Promise<CommandResult> {
    this.signal?.throwIfAborted();
    const [stdout, stderr] = [join(folder, "stdout"), join(folder, "stderr")];
    const outputs = [openSync(stdout, "w"), openSync(stderr, "w")];
    const child = spawn("pulumi", [...args, "--color", "never"], {
      cwd: this.cwd,
      env: { ...this.env, ...env },
      stdio: ["inherit", ...outputs],
      detached: true,
    });
    const pass = (): void => void child.kill("SIGINT");
    this.cancel?.addEventListener("abort", pass);
    try {
      const code = await exitOf(child);
      return { code, stdout: readFileSync(stdout, "utf8"), stderr: readFileSync(stderr, "utf8") };
    } finally {
      this.cancel?.removeEventListener("abort", pass);
      for (const output of outputs) closeSync(output);
    }
  }

  /** Starts a command that goes on until it gets Ctrl+C, which it gets from the signal too. */
  open(args: readonly string[]): ChildProcess {
    this.signal?.throwIfAborted();
    const child = spawn("pulumi", args, { cwd: this.cwd, env: this.env, stdio: ["ignore", "pipe", "pipe"] });
    const stop = (): void => void child.kill("SIGINT");
    this.signal?.addEventListener("abort", stop);
    child.once("close", () => this.signal?.removeEventListener("abort", stop));
    return child;
  }

  private async runWith(env: NodeJS.ProcessEnv, args: readonly string[], input?: string): Promise<CommandResult> {
    this.signal?.throwIfAborted();
    const child = this.start(args, input, false, env);
    const stop = (): void => void child.kill("SIGINT");
    this.signal?.addEventListener("abort", stop);
    try {
      const result = await resultOf(child, input);
      this.signal?.throwIfAborted();
      return result;
    } finally {
      this.signal?.removeEventListener("abort", stop);
    }
  }

  private start(args: readonly string[], input: string | undefined, detached: boolean, env = this.env): ChildProcess {
    return spawn("pulumi", [...args, "--color", "never"], {
      cwd: this.cwd,
      env,
      stdio: [input === undefined ? "inherit" : "pipe", "pipe", "pipe"],
      detached,
    });
  }
}

async function resultOf(child: ChildProcess, input: string | undefined): Promise<CommandResult> {
  // A command that ends before it has read everything says so by its exit code.
  child.stdin?.on("error", () => undefined).end(input);
  const [stdout, stderr, code] = await Promise.all([textOf(child.stdout), textOf(child.stderr), exitOf(child)]);
  return { code, stdout, stderr };
}

async function textOf(stream: Readable | null): Promise<string> {
  return stream === null ? "" : text(stream);
}

function exitOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once("error", (error: NodeJS.ErrnoException) => {
      reject(
        error.code === "ENOENT"
          ? new Error("the Pulumi CLI is not on PATH; install it: https://www.pulumi.com/docs/install/")
          : error,
      );
    });
    child.once("close", (code) => resolve(code ?? 1));
  });
}
