/** A number of places, which bounds what is held in memory at the same time. Work gets them in the order of asking. */
export class Slots {
  private readonly waiting: (() => void)[] = [];

  /** @param free how many places, 1 or more */
  constructor(private free: number) {}

  async use<T>(work: () => Promise<T>): Promise<T> {
    if (this.free > 0) this.free -= 1;
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next === undefined) this.free += 1;
      else next();
    }
  }
}
