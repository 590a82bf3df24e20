import { setTimeout as sleep } from "node:timers/promises";

/** Parallel requests: what one instance with `maxConcurrentRequestsPerInstance` 1 accepts before it answers 429. */
const WORKERS = 2;

export interface LoadOptions<Count> {
  /** Sends one request and tells how its answer counts; it never fails. */
  readonly send: () => Promise<(count: Count) => void>;
  readonly emptyCount: () => Count;
  /** Milliseconds between two requests of a worker while nothing is measured. */
  readonly pauseMs: number;
}

/** Continuous requests: a trickle while something changes, full speed while measuring. */
export class Load<Count> {
  private readonly workers: readonly Promise<void>[];
  private count: Count;
  private measuring: { left: number; done: () => void } | undefined;
  private errand: (() => Promise<void>) | undefined;
  private stopped = false;

  constructor(private readonly options: LoadOptions<Count>) {
    this.count = options.emptyCount();
    this.workers = Array.from({ length: WORKERS }, () => this.work());
  }

  /** The requests since the last call. */
  take(): Count {
    const taken = this.count;
    this.count = this.options.emptyCount();
    return taken;
  }

  /** Sends a number of requests without a pause and counts only those. */
  async measure(requests: number): Promise<Count> {
    this.take();
    await new Promise<void>((done) => {
      this.measuring = { left: requests, done };
    });
    return this.take();
  }

  /** Runs other work on one of the workers, so concurrency stays the same. */
  inBetween<T>(work: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.errand = () => work().then(resolve, reject);
    });
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await Promise.all(this.workers);
  }

  private async work(): Promise<void> {
    while (!this.stopped) {
      const { errand } = this;
      this.errand = undefined;
      await errand?.();
      if (this.measuring === undefined) await sleep(this.options.pauseMs);
      await this.send();
    }
  }

  private async send(): Promise<void> {
    const counted = this.count;
    const record = await this.options.send();
    record(counted);
    // A request in flight when the measurement began saw the old weights.
    if (this.measuring === undefined || counted !== this.count) return;
    this.measuring.left -= 1;
    if (this.measuring.left > 0) return;
    this.measuring.done();
    this.measuring = undefined;
  }
}
