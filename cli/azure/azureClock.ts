import { setTimeout as sleep } from "node:timers/promises";

/** How the times of Azure and those of this machine belong together, all in milliseconds since 1970. */
export interface ClockMap {
  readonly toAzure: (time: number) => number;
  readonly fromAzure: (time: number) => number;
}

interface Reading {
  readonly here: number;
  readonly azure: number;
}

/** Clocks that are so near show the same time: what differs is the way of an answer. */
const SAME_MS = 5 * 60_000;
/** Azure tells its time in seconds: a shorter time says too little of how fast its clock goes. */
const LEAST_MS = 2000;

/** Clocks of two machines: that of a local Azure may be another one, and go faster. */
export class AzureClock {
  private first: Reading | undefined;

  /** @param ask - what time it is in Azure */
  constructor(
    private readonly ask: () => Promise<number>,
    private readonly now: () => number = Date.now,
    private readonly wait: (ms: number) => Promise<unknown> = sleep,
  ) {}

  /** @throws Error when Azure does not answer */
  async read(): Promise<ClockMap> {
    let last = await this.look();
    const first = (this.first ??= last);
    if (Math.abs(last.azure - last.here) < SAME_MS) return { toAzure: (time) => time, fromAzure: (time) => time };
    if (last.here - first.here < LEAST_MS) {
      await this.wait(LEAST_MS);
      last = await this.look();
    }
    const { here, azure } = last;
    const measured = (azure - first.azure) / (here - first.here);
    // A clock that stands still or goes back cannot be followed.
    const speed = Number.isFinite(measured) && measured > 0 ? measured : 1;
    return { toAzure: (time) => azure + (time - here) * speed, fromAzure: (time) => here + (time - azure) / speed };
  }

  private async look(): Promise<Reading> {
    const azure = await this.ask();
    return { here: this.now(), azure };
  }
}
