import { createInterface } from "node:readline/promises";
import { EXIT } from "../terminal/exitCodes";
import { Failure } from "../terminal/failure";
import { outliveReader } from "../terminal/reader";

/** Ctrl+C, or the end of a pipeline. */
export class Interrupted extends Failure {
  /** @param command - what goes on from there */
  constructor(happened: string, command = "recover") {
    super(`interrupted, ${happened}; run "mlflow-rollout ${command}" again`, EXIT.interrupted);
  }
}

/** Ctrl+C, the end of a pipeline, and a terminal that is closed. */
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** What can be ended by Ctrl+C. */
export interface Interruptible {
  readonly signal: AbortSignal;
  readonly abort: () => void;
}

/** Watches for Ctrl+C, so that what is being written is finished first. */
export class Interruption {
  private readonly controller = new AbortController();
  private readonly endWithReader = outliveReader();

  /** @param command - what goes on after Ctrl+C */
  constructor(private readonly command = "recover") {
    for (const name of SIGNALS) process.on(name, this.abort);
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  readonly abort = (): void => this.controller.abort(new Interrupted("nothing is half-written", this.command));

  stop(): void {
    for (const name of SIGNALS) process.off(name, this.abort);
    this.endWithReader();
  }
}

/** Asks the user; no answer is a no. @throws Interrupted at Ctrl+C */
export async function confirm(question: string, interruption: Interruptible): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const { signal } = interruption;
  const ended = new Promise<string>((resolve) => {
    terminal.once("close", () => resolve("no"));
    // A terminal gives Ctrl+C to whoever reads it, and not to the process.
    terminal.once("SIGINT", interruption.abort);
  });
  try {
    const answer = await Promise.race([terminal.question(`${question} (yes/no) `, { signal }), ended]);
    return /^y(es)?$/i.test(answer.trim());
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    terminal.close();
  }
}
