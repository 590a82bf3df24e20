import { setTimeout as delay } from "node:timers/promises";
import { EXIT } from "../terminal/exitCodes";
import type { ExitCode } from "../terminal/exitCodes";
import { rolloutChoice } from "../terminal/rolloutOptions";
import type { RolloutFlags } from "../terminal/rolloutOptions";
import { Screen } from "../terminal/screen";
import { styleFor } from "../terminal/style";
import { statusText } from "../view/statusText";
import { optionsAsTyped } from "./optionsAsTyped";
import { RolloutReader } from "./rolloutReader";
import { ScreenViewer, changeLines, jsonLines, watchRollout } from "./watching";
import type { Viewer } from "./watching";

interface WatchRequest {
  readonly flags: RolloutFlags;
  readonly json: boolean;
  readonly intervalSeconds: number;
}

/** How a watch ends. */
class Ended extends Error {
  constructor(readonly exitCode: ExitCode) {
    super("the watch has ended");
  }
}

const SECOND_MS = 1000;

/** Shows a rollout until somebody ends it: on the whole screen of a terminal, else a line for each change. */
export async function runWatch(request: WatchRequest): Promise<ExitCode> {
  const isScreen = !request.json && process.stdout.isTTY && process.env["TERM"] !== "dumb";
  const ending = new AbortController();
  try {
    await (isScreen ? watchOnScreen(request, ending) : watch(request, linesFor(request), ending.signal));
  } catch (error) {
    if (error instanceof Ended) return error.exitCode;
    throw error;
  }
  return EXIT.done;
}

function linesFor({ json }: WatchRequest): Viewer {
  const print = (line: string): void => void process.stdout.write(`${line}\n`);
  const report = (line: string): void => void process.stderr.write(`mlflow-rollout: ${line}\n`);
  return json ? jsonLines(print, report) : changeLines(print);
}

async function watch(request: WatchRequest, viewer: Viewer, signal: AbortSignal): Promise<void> {
  const { flags, intervalSeconds } = request;
  const reader = new RolloutReader(rolloutChoice(flags), optionsAsTyped(flags), signal);
  await watchRollout({
    read: () => reader.read(),
    pause: async () => {
      await delay(intervalSeconds * SECOND_MS, undefined, { signal }).catch(() => undefined);
      signal.throwIfAborted();
    },
    now: () => new Date(),
    viewer,
    signal,
  });
}

/** The screen is opened with the first view: until then the backend may ask for a passphrase. */
async function watchOnScreen(request: WatchRequest, ending: AbortController): Promise<void> {
  const style = styleFor(process.stdout);
  const redraw = (): void => screen.draw(viewer.draw(new Date(), screen.size, style));
  const screen = new Screen(process.stdin, process.stdout, {
    quit: () => ending.abort(new Ended(EXIT.done)),
    interrupt: () => ending.abort(new Ended(EXIT.interrupted)),
    redraw,
  });
  const viewer = new ScreenViewer(
    () => {
      screen.open();
      redraw();
    },
    screen.hasKeys ? "q quits" : "Ctrl+C quits",
  );
  const ticks = setInterval(() => viewer.last && redraw(), SECOND_MS);
  try {
    await watch(request, viewer, ending.signal);
  } finally {
    clearInterval(ticks);
    screen.close();
    // The screen of its own leaves nothing behind.
    if (viewer.last !== undefined) process.stdout.write(statusText(viewer.last, { style }));
  }
}
