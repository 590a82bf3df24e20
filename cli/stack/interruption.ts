import { createInterface } from "node:readline/promises";
import { EXIT } from "../terminal/exitCodes";
import { Failure } from "../terminal/failure";

/** Ctrl+C, or the end of a pipeline. */
export class Interrupted extends Failure {
  constructor(happened: string) {
    super(`interrupted, ${happened}; run "mlflow-rollout recover" again`, EXIT.interrupted);
  }
}

/** Watches for Ctrl+C, so that what is being written is finished first. */
export class Interruption {
  private readonly controller = new AbortController();

  constructor() {
    for (const name of ["SIGINT", "SIGTERM"] as const) process.on(name, this.abort);
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  readonly abort = (): void => this.controller.abort(new Interrupted("nothing is half-written"));

  stop(): void {
    for (const name of ["SIGINT", "SIGTERM"] as const) process.off(name, this.abort);
  }
}

/** Asks the user; no answer is a no. @throws Interrupted at Ctrl+C */
export async function confirm(question: string, interruption: Interruption): Promise<boolean> {
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
