import { setTimeout as sleep } from "node:timers/promises";
import type { ScoringClient, ScoringTarget } from "./scoringClient";

/** Parallel requests: what one instance with `maxConcurrentRequestsPerInstance` 1 accepts before it answers 429. */
const WORKERS = 2;
const PAUSE_MS = 5;

/** Request counts. */
export interface LoadCount {
  requests: number;
  /** Without a model's answer: refused, failed or cut off. */
  failed: number;
  /** Requests answered, by deployment. */
  split: Record<string, number>;
}

/** Continuous scoring requests: a trickle while the endpoint changes, full speed while measuring. */
export class Load {
  private readonly workers: readonly Promise<void>[];
  private count = emptyCount();
  private lost = 0;
  private measuring: { left: number; done: () => void } | undefined;
  private errand: (() => Promise<void>) | undefined;
  private stopped = false;

  /** @param pauseMs - between two requests of a worker while nothing is measured */
  constructor(
    private readonly client: ScoringClient,
    private readonly target: ScoringTarget,
    private readonly pauseMs = PAUSE_MS,
  ) {
    this.workers = Array.from({ length: WORKERS }, () => this.work());
  }

  /** Requests without an answer since the start. */
  get lostRequests(): number {
    return this.lost;
  }

  /** The requests since the last call. */
  take(): LoadCount {
    const taken = this.count;
    this.count = emptyCount();
    return taken;
  }

  /** Sends a number of requests without a pause and counts only those. */
  async measure(requests: number): Promise<LoadCount> {
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
      if (this.measuring === undefined) await sleep(this.pauseMs);
      await this.send();
    }
  }

  private async send(): Promise<void> {
    const counted = this.count;
    const score = await this.client.score(this.target).catch(() => undefined);
    counted.requests += 1;
    if (score !== undefined && this.client.isAnswer(score)) {
      const name = score.deployment ?? "";
      counted.split[name] = (counted.split[name] ?? 0) + 1;
    } else {
      counted.failed += 1;
      this.lost += 1;
    }
    // A request in flight when the measurement began saw the old weights.
    if (this.measuring === undefined || counted !== this.count) return;
    this.measuring.left -= 1;
    if (this.measuring.left > 0) return;
    this.measuring.done();
    this.measuring = undefined;
  }
}

function emptyCount(): LoadCount {
  return { requests: 0, failed: 0, split: {} };
}
