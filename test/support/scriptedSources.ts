import { Feed } from "../../cli/dashboard/feed";
import type { Sources } from "../../cli/dashboard/feed";
import type { RolloutView } from "../../cli/view/rolloutView";

/** A feed whose time passes only when a test says so. */
export class ScriptedFeed {
  readonly asked: string[] = [];
  /** What the feed has waited for, in milliseconds. */
  readonly waits: number[] = [];
  private readonly controller = new AbortController();
  private go: () => void = () => undefined;
  private ready: () => void = () => undefined;
  private following: Promise<void> | undefined;

  private constructor(readonly sources: Sources) {}

  /** @param views - taken one after the other, an error instead of one fails; the last one stays */
  static async open(views: (RolloutView | Error)[], sources: Partial<Sources> = {}, hours?: number) {
    const script = new ScriptedFeed({
      readSteps: async () => [],
      readMetrics: async () => undefined,
      ...sources,
      readView: async () => {
        script.asked.push("view");
        const next = views.length > 1 ? views.shift() : views[0];
        if (next === undefined || next instanceof Error) throw next ?? new Error("no view");
        return next;
      },
    });
    const feed = await Feed.open(script.sources, {
      intervalMs: 10_000,
      wait: (ms, signal) => script.wait(ms, signal),
      ...(hours !== undefined && { hours }),
    });
    const waiting = new Promise<void>((resolve) => (script.ready = resolve));
    script.following = feed.follow(script.controller.signal);
    await waiting;
    return { feed, script };
  }

  /** Lets the feed read once. */
  async next(): Promise<void> {
    const waiting = new Promise<void>((resolve) => (this.ready = resolve));
    this.go();
    await waiting;
  }

  async stop(): Promise<void> {
    this.controller.abort();
    await this.following;
  }

  private wait(ms: number, signal: AbortSignal): Promise<void> {
    this.waits.push(ms);
    return new Promise((resolve, reject) => {
      this.go = resolve;
      signal.addEventListener("abort", () => reject(new Error("aborted")), { once: true });
      this.ready();
    });
  }
}
