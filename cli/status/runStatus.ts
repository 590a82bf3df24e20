import { setTimeout as delay } from "node:timers/promises";
import { rolloutChoice } from "../terminal/rolloutOptions";
import type { RolloutFlags } from "../terminal/rolloutOptions";
import { styleFor } from "../terminal/style";
import type { ExitCode } from "../terminal/exitCodes";
import type { RolloutView } from "../view/rolloutView";
import { statusText } from "../view/statusText";
import { optionsAsTyped } from "./optionsAsTyped";
import { RolloutReader } from "./rolloutReader";
import { exitCodeOf, waitForRollout } from "./waiting";
import type { Goal } from "./waiting";

interface StatusRequest {
  readonly flags: RolloutFlags;
  readonly json: boolean;
  /** Left out when nothing is waited for. */
  readonly wait?: { readonly goal: Goal; readonly timeoutMinutes: number };
}

/** Widest line of a status; a narrower terminal gets narrower ones. */
const WIDTH = 80;
const NARROWEST = 40;

/** Prints where a rollout is, after waiting for it if that is asked. */
export async function runStatus({ flags, json, wait }: StatusRequest): Promise<ExitCode> {
  const reader = new RolloutReader(rolloutChoice(flags), optionsAsTyped(flags));
  const first = await reader.read();
  if (wait === undefined) {
    print(first, json);
    return exitCodeOf(first);
  }
  let next: RolloutView | undefined = first;
  const { exitCode, view } = await waitForRollout({
    ...wait,
    read: async () => {
      const known = next;
      next = undefined;
      return known ?? reader.read();
    },
    sleep: (milliseconds) => delay(milliseconds),
    now: () => new Date(),
    say: (line) => void process.stderr.write(`${line}\n`),
  });
  if (view !== undefined) print(view, json);
  return exitCode;
}

function print(view: RolloutView, json: boolean): void {
  const width = Math.max(NARROWEST, Math.min(process.stdout.columns ?? WIDTH, WIDTH));
  process.stdout.write(
    json ? `${JSON.stringify(view)}\n` : statusText(view, { width, style: styleFor(process.stdout) }),
  );
}
