import { Interrupted } from "../stack/interruption";

/**
 * Ctrl+C, or the end of a pipeline, for a command that goes on and on: the first one ends it after the update under way, the
 * second one is passed on to that update, which then ends in order.
 */
export class Stopping {
  private readonly first = new AbortController();
  private readonly second = new AbortController();

  /** @param command - what goes on afterwards */
  constructor(private readonly command: string) {
    for (const name of ["SIGINT", "SIGTERM"] as const) process.on(name, this.abort);
  }

  /** Ends what only reads or waits. */
  get signal(): AbortSignal {
    return this.first.signal;
  }

  /** Ends what writes. */
  get cancel(): AbortSignal {
    return this.second.signal;
  }

  readonly abort = (): void => {
    const reason = new Interrupted("nothing is half-written", this.command);
    if (this.first.signal.aborted) this.second.abort(reason);
    else this.first.abort(reason);
  };

  stop(): void {
    for (const name of ["SIGINT", "SIGTERM"] as const) process.off(name, this.abort);
  }
}
