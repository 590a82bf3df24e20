/** Virtual time: `speed` virtual seconds pass in one real second, unless the clock is frozen. */
export class Clock {
  private readonly tasks = new Set<Task>();
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

  /** Moves time forward; tasks that fall due run in order of their time. */
  advance(ms: number): void {
    const target = this.now() + ms;
    for (;;) {
      const next = [...this.tasks].filter(({ due }) => due <= target).toSorted((a, b) => a.due - b.due)[0];
      if (next === undefined) break;
      this.rebase(Math.max(next.due, this.now()));
      this.finish(next);
    }
    this.rebase(target);
    if (!this.frozen) for (const task of this.tasks) this.schedule(task);
  }

  state(): { now: string; frozen: boolean; speed: number; waiting: number } {
    return { now: this.iso(), frozen: this.frozen, speed: this.rate, waiting: this.tasks.size };
  }

  stop(): void {
    for (const task of this.tasks) clearTimeout(task.timer);
    this.tasks.clear();
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
