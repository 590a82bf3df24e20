import { spawn } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { createInterface } from "node:readline";

export interface CommandOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  readonly timeoutSeconds?: number;
  /** Gets every line of standard error. */
  readonly onLine?: (line: string) => void;
}

export interface CommandResult {
  /** Undefined when it could not start or was stopped. */
  readonly code: number | undefined;
  readonly stdout: string;
  /** The last lines of standard error. */
  readonly errors: readonly string[];
}

/** Runs a command to its end; never rejects. */
export function runCommand(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  const child = spawn(command, args, {
    stdio: ["ignore", "pipe", "pipe"],
    env: options.env ?? process.env,
    ...(options.cwd !== undefined && { cwd: options.cwd }),
    ...(options.timeoutSeconds !== undefined && { timeout: options.timeoutSeconds * 1000 }),
  });
  let stdout = "";
  const errors: string[] = [];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  createInterface(child.stderr).on("line", (line) => {
    options.onLine?.(line);
    errors.push(line);
    if (errors.length > 20) errors.shift();
  });
  return new Promise((resolve) => {
    child.once("error", ({ message }) => resolve({ code: undefined, stdout, errors: [message] }));
    child.once("close", (code) => resolve({ code: code ?? undefined, stdout, errors }));
  });
}

/** The first executable of that name on a search path. */
export function findExecutable(name: string, path: string | undefined): string | undefined {
  const candidates = (path ?? "")
    .split(delimiter)
    .filter((folder) => folder !== "")
    .map((folder) => join(folder, name));
  return candidates.find(isExecutable);
}

export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** Gets one line of progress. */
export type Report = (line: string) => void;
