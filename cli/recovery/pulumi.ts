import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";

export interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The Pulumi CLI of the user, run in one folder. */
export class Pulumi {
  constructor(
    private readonly cwd: string,
    private readonly env: NodeJS.ProcessEnv = process.env,
  ) {}

  /** Runs a command and takes what it prints; it can still ask for a passphrase when there is a terminal. */
  async run(args: readonly string[], input?: string): Promise<CommandResult> {
    const child = spawn("pulumi", [...args, "--color", "never"], {
      cwd: this.cwd,
      env: this.env,
      stdio: [input === undefined ? "inherit" : "pipe", "pipe", "pipe"],
    });
    // A command that ends before it has read everything says so by its exit code.
    child.stdin?.on("error", () => undefined).end(input);
    const [stdout, stderr, code] = await Promise.all([textOf(child.stdout), textOf(child.stderr), exitOf(child)]);
    return { code, stdout, stderr };
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
    const child = spawn("pulumi", args, {
      cwd: this.cwd,
      env: this.env,
      stdio: ["inherit", output === "stdout" ? "inherit" : 2, "inherit"],
    });
    // Ctrl+C is for the command, which then ends in order; this process waits for it.
    const wait = (): void => undefined;
    process.on("SIGINT", wait);
    try {
      return await exitOf(child);
    } finally {
      process.off("SIGINT", wait);
    }
  }
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
