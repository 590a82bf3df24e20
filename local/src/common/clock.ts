const LONGEST_TIMER = 2 ** 31 - 1;

/** Virtual time: `speed` virtual seconds pass in one real second, unless the clock is frozen. */
export class Clock {
  private readonly tasks = new Set<Task>();
  private readonly work = new Set<Promise<unknown>>();
  private moving: Promise<void> = Promise.resolve();
  private origin: { real: number; virtual: number };
  private rate: number;
  private frozen = false;
  /** The instant that was last asked for: under load several requests share one. */
  private written = { ms: Number.NaN, text: "" };

  /** @param start - milliseconds since 1970 */
  constructor(speed: number, start: number = Date.now()) {
    this.rate = speed;
    this.origin = { real: performance.now(), virtual: start };
  }

  now(): number {
    return this.frozen ? this.origin.virtual : this.origin.virtual + (performance.now() - this.origin.real) * this.rate;
  }

  /** RFC 3339 text of now or of an instant. */
  iso(at: number = this.now()): string {
    const ms = Math.trunc(at);
    if (ms !== this.written.ms) this.written = { ms, text: new Date(ms).toISOString() };
    return this.written.text;
  }

  /** Runs a task after `delayMs` of virtual time, unless the clock is stopped first. */
  after(delayMs: number, run: () => void, stopped: () => void = () => undefined): void {
    const task: Task = { due: this.now() + delayMs, run, stopped, timer: undefined };
    this.tasks.add(task);
    this.schedule(task);
  }

  /** Waits for virtual time to pass; false when the clock was stopped first. */
  sleep(ms: number): Promise<boolean> {
    return new Promise((resolve) => {
      this.after(
        ms,
        () => resolve(true),
        () => resolve(false),
      );
    });
  }

  freeze(): void {
    this.rebase(this.now());
    this.frozen = true;
    for (const task of this.tasks) clearTimeout(task.timer);
  }

  /** Sets the speed and lets the clock run. */
  run(speed: number): void {
    this.rebase(this.now());
    this.rate = speed;
    this.frozen = false;
    for (const task of this.tasks) this.schedule(task);
  }

  /** Moves time forward; due tasks run in order of their time and have settled when it resolves. */
  advance(ms: number): Promise<void> {
    this.moving = this.moving.then(() => this.moveTo(this.now() + ms));
    return this.moving;
  }

  /** Work that takes real time, such as loading a model: `advance` waits for it. */
  async during<T>(work: Promise<T>): Promise<T> {
    this.work.add(work);
    try {
      return await work;
    } finally {
      this.work.delete(work);
    }
  }

  state(): { now: string; frozen: boolean; speed: number; waiting: number } {
    return { now: this.iso(), frozen: this.frozen, speed: this.rate, waiting: this.tasks.size };
  }

  /** Drops waiting tasks; resolves when the work in progress is done. */
  async stop(): Promise<void> {
    const tasks = [...this.tasks];
    this.tasks.clear();
    for (const task of tasks) {
      clearTimeout(task.timer);
      task.stopped();
    }
    await this.rest();
  }

  private async moveTo(target: number): Promise<void> {
    for (;;) {
      await this.rest();
      const next = [...this.tasks].filter(({ due }) => due <= target).toSorted((a, b) => a.due - b.due)[0];
      if (next === undefined) break;
      this.rebase(Math.max(next.due, this.now()));
      this.finish(next);
    }
    this.rebase(Math.max(target, this.now()));
    if (!this.frozen) for (const task of this.tasks) this.schedule(task);
  }

  /** Waits until no work is in progress and its follow-up is on the clock. */
  private async rest(): Promise<void> {
    do {
      await Promise.allSettled(this.work);
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
    } while (this.work.size > 0);
  }

  private schedule(task: Task): void {
    clearTimeout(task.timer);
    if (this.frozen) return;
    const realMs = Math.max(0, (task.due - this.now()) / this.rate);
    // A timer may be early: it counts whole milliseconds, and no more than LONGEST_TIMER of them.
    const wake = () => (this.now() < task.due ? this.schedule(task) : this.finish(task));
    task.timer = setTimeout(wake, Math.min(Math.ceil(realMs), LONGEST_TIMER));
    task.timer.unref();
  }

  private finish(task: Task): void {
    clearTimeout(task.timer);
    if (this.tasks.delete(task)) task.run();
  }

  private rebase(virtual: number): void {
    this.origin = { real: performance.now(), virtual };
  }
}

interface Task {
  readonly due: number;
  readonly run: () => void;
  readonly stopped: () => void;
  timer: NodeJS.Timeout | undefined;
}

/** Milliseconds of an ISO 8601 duration up to days, as request settings and probes use them. */
export function durationMs(text: string): number {
  const [, days = "0", hours = "0", minutes = "0", seconds = "0"] =
    /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?)?$/.exec(text) ?? [];
  return (((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
}
