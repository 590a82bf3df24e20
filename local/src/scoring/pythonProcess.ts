import { spawn } from "node:child_process";
import type { ChildProcessByStdio } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { isObject } from "../common/json";
import { ModelLoadError } from "./mlmodel";

export interface PythonOptions {
  /** A Python that can import mlflow. */
  readonly python: string;
  /** Folder of the model, with `MLmodel` in it. */
  readonly folder: string;
  /** Variables of the container, beside the server's own. */
  readonly environment: Readonly<Record<string, string>>;
  /** Longest time from the start of the process to a loaded model. @default 120000 */
  readonly startTimeoutMs?: number;
  /** Ends the process, whatever it does. */
  readonly signal: AbortSignal;
  /** Gets each line that the process writes. */
  log(line: string): void;
}

/** What the worker says: once when it is ready, then for each request. */
export type WorkerReply = { readonly answer?: unknown; readonly ready?: true; readonly error?: string };

interface Waiting {
  resolve(reply: WorkerReply): void;
  reject(error: Error): void;
}

const WORKER = join(__dirname, "..", "..", "python", "worker.py");
const START_TIMEOUT_MS = 120_000;
/** Nothing leaves this machine. */
const SETTINGS = { PYTHONUTF8: "1", MLFLOW_DISABLE_TELEMETRY: "true" };

/** A Python process with one loaded model. */
export class PythonProcess {
  /** Resolves with the way it ended. */
  readonly ended: Promise<string>;
  private readonly child: ChildProcessByStdio<Writable, Readable, Readable>;
  private waiting: Waiting | undefined;
  private end: string | undefined;

  /** @throws ModelLoadError when the model is not loaded in time, or cannot be */
  static async start(options: PythonOptions): Promise<PythonProcess> {
    const { startTimeoutMs = START_TIMEOUT_MS } = options;
    const started = new PythonProcess(options);
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      started.kill();
    }, startTimeoutMs);
    try {
      const { error } = await started.reply();
      if (error === undefined) return started;
      await started.ended;
      throw new ModelLoadError(error);
    } catch (error) {
      if (isLate) throw new ModelLoadError(`the model was not loaded within ${startTimeoutMs / 1000} s`);
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  private constructor(options: PythonOptions) {
    const { python, folder, environment, signal } = options;
    const log = (line: string) => options.log(line);
    // A group of its own: what the model starts ends with it, and Ctrl+C reaches the server alone.
    this.child = spawn(python, [WORKER, folder], {
      cwd: folder,
      detached: process.platform !== "win32",
      env: { ...process.env, ...SETTINGS, AZUREML_MODEL_DIR: folder, ...environment },
      stdio: ["pipe", "pipe", "pipe"],
    });
    this.ended = new Promise((resolve) => {
      this.child.once("error", ({ message }) => resolve(message));
      this.child.once("close", (code, killedBy) => resolve(`Python ended with ${killedBy ?? `exit code ${code}`}`));
    });
    const stop = () => this.kill();
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop);
    this.child.once("exit", stop);
    this.child.stdin.on("error", () => undefined);
    createInterface(this.child.stderr).on("line", log);
    createInterface(this.child.stdout).on("line", (line) => this.receive(line, log));
    void this.ended.then((end) => {
      signal.removeEventListener("abort", stop);
      this.end = end;
      this.waiting?.reject(new ModelLoadError(end));
    });
  }

  /**
   * Sends a request; the next one may be sent when it is answered.
   *
   * @throws ModelLoadError when the process ends before that
   */
  ask(request: object): Promise<WorkerReply> {
    this.child.stdin.write(`${JSON.stringify(request)}\n`);
    return this.reply();
  }

  /** Ends the process and those that it started. */
  kill(): void {
    const { pid } = this.child;
    if (pid === undefined || process.platform === "win32") {
      this.child.kill("SIGKILL");
      return;
    }
    try {
      process.kill(-pid, "SIGKILL");
    } catch {
      // All of them have ended.
    }
  }

  private reply(): Promise<WorkerReply> {
    return new Promise((resolve, reject) => {
      if (this.end !== undefined) reject(new ModelLoadError(this.end));
      else this.waiting = { resolve, reject };
    });
  }

  private receive(line: string, log: (line: string) => void): void {
    const reply = this.waiting === undefined ? undefined : parseReply(line);
    // Python's own start files may print before the worker has the stream to itself.
    if (reply === undefined) return log(line);
    this.waiting?.resolve(reply);
    this.waiting = undefined;
  }
}

function parseReply(line: string): WorkerReply | undefined {
  try {
    const reply: unknown = JSON.parse(line);
    return isObject(reply) ? reply : undefined;
  } catch {
    return undefined;
  }
}
