import type { Style } from "../terminal/style";
import { oneLine } from "../terminal/text";
import { printable } from "../terminal/columns";
import { changeLine } from "../view/changeLine";
import type { RolloutView } from "../view/rolloutView";
import { clockSeconds } from "../view/times";
import { watchScreen } from "../view/watchScreen";
import type { ScreenSize, WatchData } from "../view/watchScreen";

/** Where views go. */
export interface Viewer {
  show(view: RolloutView): void;
  /** A read that failed; the next one may not. */
  fail(why: string, at: Date): void;
}

export interface WatchOptions {
  readonly read: () => Promise<RolloutView>;
  /** @throws what the watch ends with */
  readonly pause: () => Promise<void>;
  readonly now: () => Date;
  readonly viewer: Viewer;
  /** Ends the watch. */
  readonly signal: AbortSignal;
}

/**
 * Reads a rollout again and again, whatever fails.
 *
 * @throws what the first read fails with, and what the signal ends it with
 */
export async function watchRollout({ read, pause, now, viewer, signal }: WatchOptions): Promise<never> {
  viewer.show(await read());
  for (;;) {
    await pause();
    try {
      viewer.show(await read());
    } catch (error) {
      signal.throwIfAborted();
      viewer.fail(oneLine(error), now());
    }
  }
}

/** Each view as a line of JSON. */
export function jsonLines(print: (line: string) => void, report: (line: string) => void): Viewer {
  return {
    show: (view) => print(JSON.stringify(view)),
    fail: (why) => report(`cannot be read, and is tried again: ${printable(why)}`),
  };
}

/** A line for each change. */
export function changeLines(print: (line: string) => void): Viewer {
  let last = "";
  const say = (text: string, at: Date): void => {
    if (text !== last) print(`${clockSeconds(at.toISOString(), at)}  ${text}`);
    last = text;
  };
  return {
    show: (view) => say(changeLine(view), new Date(view.at)),
    fail: (why, at) => say(`cannot be read, and is tried again: ${printable(why)}`, at),
  };
}

/** Views that a screen keeps: enough for its plots. */
const MOST_VIEWS = 2000;

/** All views as one screen, the last one with what has gone wrong since. */
export class ScreenViewer implements Viewer {
  private history: readonly RolloutView[] = [];
  private trouble: WatchData["trouble"];

  constructor(
    private readonly changed: () => void,
    private readonly footer: string,
  ) {}

  get last(): RolloutView | undefined {
    return this.history.at(-1);
  }

  show(view: RolloutView): void {
    this.history = thinned([...this.history, view]);
    this.trouble = undefined;
    this.changed();
  }

  fail(why: string, at: Date): void {
    this.trouble = { since: this.trouble?.since ?? at, why };
    this.changed();
  }

  draw(now: Date, size: ScreenSize, style: Style): string {
    const { history, trouble, footer } = this;
    return watchScreen({ history, now, ...(trouble && { trouble }) }, size, style, footer);
  }
}

/** Every other view of the past, when there are too many. */
function thinned(history: readonly RolloutView[]): readonly RolloutView[] {
  if (history.length <= MOST_VIEWS) return history;
  return history.filter((_, index) => index % 2 === 0 || index === history.length - 1);
}
