import type { Clock } from "../../components/models/progress";

/** A clock that stands still until a test turns it on. */
export class TurnedClock implements Clock {
  private now = 0;
  private readonly due = new Map<NodeJS.Timeout, { readonly at: number; readonly call: () => void }>();

  setTimeout(call: () => void, delayMs: number): NodeJS.Timeout {
    // Never runs: it stands for the entry only.
    const timer = setTimeout(() => undefined, 0);
    clearTimeout(timer);
    this.due.set(timer, { at: this.now + delayMs, call });
    return timer;
  }

  clearTimeout(timer: NodeJS.Timeout): void {
    this.due.delete(timer);
  }

  turn(ms: number): void {
    const until = this.now + ms;
    for (let next = this.next(until); next !== undefined; next = this.next(until)) {
      const [timer, { at, call }] = next;
      this.due.delete(timer);
      this.now = at;
      call();
    }
    this.now = until;
  }

  /** How many are waited for. */
  get waiting(): number {
    return this.due.size;
  }

  private next(until: number) {
    return [...this.due].filter(([, { at }]) => at <= until).toSorted(([, a], [, b]) => a.at - b.at)[0];
  }
}
