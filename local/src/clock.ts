/** Virtual time: `speed` virtual seconds pass in one real second, unless the clock is frozen. */
export class Clock {
  private readonly tasks = new Set<Task>();
  private readonly work = new Set<Promise<unknown>>();
  private moving: Promise<void> = Promise.resolve();
  private origin: { real: number; virtual: number };
  private rate: number;
  private frozen = false;

  constructor(speed: number) {
    this.rate = speed;
    this.origin = { real: Date.now(), virtual: Date.now() };
  }

  now(): number {
    return this.frozen ? this.origin.virtual : this.origin.virtual + (Date.now() - this.origin.real) * this.rate;
  }

  /** RFC 3339 text of now, or of an instant. */
  iso(at: number = this.now()): string {
    return new Date(at).toISOString();
  }

  /** Runs a task when `delayMs` of virtual time have passed. */
  after(delayMs: number, run: () => void): void {
    const task: Task = { due: this.now() + delayMs, run, timer: undefined };
    this.tasks.add(task);
    this.schedule(task);
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

  /** Moves time forward; tasks that fall due run in order of their time and are at rest when it resolves. */
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

  stop(): void {
    for (const task of this.tasks) clearTimeout(task.timer);
    this.tasks.clear();
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

  /** Until no work is under way and what follows it is on the clock. */
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
    task.timer = setTimeout(() => this.finish(task), Math.min(realMs, 2 ** 31 - 1));
    task.timer.unref();
  }

  private finish(task: Task): void {
    clearTimeout(task.timer);
    if (this.tasks.delete(task)) task.run();
  }

  private rebase(virtual: number): void {
    this.origin = { real: Date.now(), virtual };
  }
}

interface Task {
  readonly due: number;
  readonly run: () => void;
  timer: NodeJS.Timeout | undefined;
}
