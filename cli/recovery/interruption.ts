/** Ctrl+C, or the end of a pipeline. */
export class Interrupted extends Error {
  constructor(happened: string) {
    super(`interrupted, ${happened}; run "mlflow-rollout recover" again`);
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
