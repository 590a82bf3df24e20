import { setTimeout as sleep } from "node:timers/promises";
import { oneLine } from "../terminal/text";
import type { MetricSeries } from "../view/metricSeries";
import type { RolloutView } from "../view/rolloutView";
import { timeOf } from "./format";
import { liveState, withView } from "./history";
import type { History, Step } from "./history";
import { updateOf } from "./page";
import type { PageUpdate } from "./page";
import { timelineOf } from "./timeline";

/** Where a dashboard gets what it shows. What it asks for fails with an error that a person can read. */
export interface Sources {
  readView(): Promise<RolloutView>;
  /** The updates of the stack, oldest first. */
  readSteps(): Promise<readonly Step[]>;
  /**
   * What Azure Monitor knows, between two times in milliseconds since 1970.
   *
   * @returns undefined when it is not to be asked; what the views say is shown then
   */
  readMetrics(from: number, to: number): Promise<readonly MetricSeries[] | undefined>;
}

export interface FeedOptions {
  /** Between two views. */
  readonly intervalMs: number;
  /** How far back the plots go; the rollout under way or the last one when it is left out. */
  readonly hours?: number;
  /** Lets time pass; it fails when the signal says so. */
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<unknown>;
}

/** A page as it is now. */
export interface Published {
  /** Another one for each change. */
  readonly version: string;
  readonly update: PageUpdate;
}

/** Azure Monitor has something new every minute. */
const METRICS_MS = 30_000;
const MOST_WAIT_MS = 60_000;

/** Reads a rollout again and again, for as many readers as there are. */
export class Feed {
  private readonly listeners = new Set<(published: Published) => void>();
  private history: History;
  private metricsAt = -Infinity;
  private stepsOf = "";
  private failures = 0;
  private problem: string | undefined;
  private readonly unread = new Map<"steps" | "metrics", string>();
  private readonly run = Date.now().toString(36);
  private count = 0;
  private published: Published;

  private constructor(
    private readonly sources: Sources,
    private readonly options: FeedOptions,
    view: RolloutView,
  ) {
    this.history = { views: [view], steps: [] };
    this.published = { version: `${this.run}-0`, update: this.render() };
  }

  /** @throws what the sources throw when the first view cannot be read */
  static async open(sources: Sources, options: FeedOptions): Promise<Feed> {
    const view = await sources.readView();
    const feed = new Feed(sources, options, view);
    await feed.readMore(view);
    feed.publish();
    return feed;
  }

  get current(): Published {
    return this.published;
  }

  /** @returns what ends it */
  subscribe(listener: (published: Published) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  /** Reads until the signal ends it. */
  async follow(signal: AbortSignal): Promise<void> {
    const { intervalMs, wait = (ms, ends) => sleep(ms, undefined, { signal: ends }) } = this.options;
    while (!signal.aborted) {
      const pause = Math.min(intervalMs * 2 ** this.failures, Math.max(intervalMs, MOST_WAIT_MS));
      try {
        await wait(pause, signal);
        await this.read();
      } catch (error) {
        if (!signal.aborted) throw error;
      }
      if (!signal.aborted) this.publish();
    }
  }

  private async read(): Promise<void> {
    const before = this.history.views.at(-1);
    try {
      const view = await this.sources.readView();
      this.history = { ...this.history, views: withView(this.history.views, view) };
      this.problem = undefined;
      this.failures = 0;
      await this.readMore(view);
    } catch (error) {
      this.failures += 1;
      this.problem = `Not read since ${timeOf(Date.parse(before?.at ?? ""), "second")} UTC: ${oneLine(error)}`;
    }
  }

  /** What need not be read with each view: updates when something has changed, metrics from time to time. */
  private async readMore(view: RolloutView): Promise<void> {
    const { phase, changedAt, deployments } = view;
    const now = JSON.stringify([phase, changedAt, liveState(view), deployments.map(({ name }) => name)]);
    const hasChanged = now !== this.stepsOf;
    if (hasChanged) {
      this.stepsOf = now;
      await this.attempt("steps", async () => {
        this.history = { ...this.history, steps: await this.sources.readSteps() };
      });
    }
    const to = Date.parse(view.at);
    if (!hasChanged && to - this.metricsAt < METRICS_MS) return;
    this.metricsAt = to;
    await this.attempt("metrics", async () => {
      const { from } = timelineOf(this.history, this.options.hours);
      const metrics = await this.sources.readMetrics(from, to);
      const { metrics: _, ...others } = this.history;
      this.history = { ...others, ...(metrics && { metrics }) };
    });
  }

  /** What fails is named on the page, and what was read of it before stays. */
  private async attempt(what: "steps" | "metrics", read: () => Promise<void>): Promise<void> {
    try {
      await read();
      this.unread.delete(what);
    } catch (error) {
      this.unread.set(what, oneLine(error));
    }
  }

  private render(): PageUpdate {
    const { hours } = this.options;
    return updateOf({
      history: this.history,
      unread: [...this.unread.values()],
      ...(hours !== undefined && { hours }),
      ...(this.problem !== undefined && { problem: this.problem }),
    });
  }

  private publish(): void {
    const update = this.render();
    if (JSON.stringify(update) === JSON.stringify(this.published.update)) return;
    this.count += 1;
    this.published = { version: `${this.run}-${this.count}`, update };
    for (const listener of this.listeners) listener(this.published);
  }
}
