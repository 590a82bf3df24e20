import { EXIT } from "../terminal/exitCodes";
import type { ExitCode } from "../terminal/exitCodes";
import { oneLine } from "../terminal/text";
import type { AwaitedView, Phase, RolloutView } from "../view/rolloutView";
import { describeAwaited } from "../view/sections";
import { clock, span } from "../view/times";

/** What is waited for: the step that is live and baked, or the end of the rollout. */
const GOALS = ["step", "done"] as const;
export type Goal = (typeof GOALS)[number];

export interface WaitOptions {
  readonly goal: Goal;
  readonly timeoutMinutes: number;
  readonly read: () => Promise<RolloutView>;
  /** @throws what the wait ends with */
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly now: () => Date;
  /** Told of what is awaited when that changes. */
  readonly say: (line: string) => void;
}

export interface WaitResult {
  readonly exitCode: ExitCode;
  /** As it was read last; undefined when it was never read. */
  readonly view: RolloutView | undefined;
}

/** Milliseconds between two reads: soon after a change, then less and less often. */
const FIRST_PAUSE_MS = 2000;
const LONGEST_PAUSE_MS = 15_000;
const SLOWER = 1.5;

const EXIT_OF: Readonly<Record<Phase, ExitCode>> = {
  stable: EXIT.done,
  waiting: EXIT.waiting,
  paused: EXIT.waiting,
  baking: EXIT.waiting,
  progressing: EXIT.inProgress,
  degraded: EXIT.degraded,
};

export function exitCodeOf({ phase }: RolloutView): ExitCode {
  return EXIT_OF[phase];
}

/** The exit code that a wait ends with; undefined while it goes on. */
export function endOf({ phase, awaited, unapplied }: RolloutView, goal: Goal): ExitCode | undefined {
  // What somebody is working on may still come right.
  if (phase === "degraded") return awaited === undefined ? EXIT.degraded : undefined;
  if (phase === "paused") return EXIT.waiting;
  if (unapplied !== undefined) return undefined;
  const isReached = phase === "stable" || (goal === "step" && phase === "waiting");
  return isReached ? EXIT.done : undefined;
}

/** Reads a rollout again and again until it is where it is wanted, cannot get there by itself, or the time is up. */
export async function waitForRollout(options: WaitOptions): Promise<WaitResult> {
  const { goal, timeoutMinutes, sleep, now } = options;
  const deadline = new Date(now().getTime() + timeoutMinutes * 60_000);
  const report = reporter(options, deadline);
  let view: RolloutView | undefined;
  let pause = FIRST_PAUSE_MS;
  for (;;) {
    const answer = await options.read().catch((error: unknown) => oneLine(error));
    if (typeof answer !== "string") {
      view = answer;
      const exitCode = endOf(view, goal);
      if (exitCode !== undefined) return { exitCode, view };
    }
    const isNew = report(answer);
    const left = deadline.getTime() - now().getTime();
    if (left <= 0) return { exitCode: EXIT.timedOut, view };
    pause = isNew ? FIRST_PAUSE_MS : Math.min(pause * SLOWER, LONGEST_PAUSE_MS);
    await sleep(Math.min(pause, left));
  }
}

/** Says what is awaited when it is not what was said last, with the time when it was first seen. */
function reporter({ now, say }: WaitOptions, deadline: Date): (answer: RolloutView | string) => boolean {
  let last = "";
  return (answer) => {
    const isError = typeof answer === "string";
    const key = isError ? answer : describeAwaited(awaitedOf(answer), now());
    if (key === last) return false;
    last = key;
    const end = `deadline ${clock(deadline.toISOString(), now())}`;
    if (isError) {
      say(`cannot read the rollout, and goes on trying; ${end}: ${answer}`);
      return true;
    }
    const awaited = { since: now().toISOString(), ...awaitedOf(answer) };
    say(`waiting for ${describeAwaited(awaited, now())}; ${end}${tooLate(awaited, deadline)}`);
    return true;
  };
}

/** What has to happen; where a person has to act, what that is. */
function awaitedOf({ awaited, message, next }: RolloutView): AwaitedView {
  return awaited ?? { what: `somebody (${message}; next: ${next.command ?? next.text})` };
}

function tooLate({ until }: AwaitedView, deadline: Date): string {
  const over = until === undefined ? 0 : Date.parse(until) - deadline.getTime();
  return over > 0 ? `, ${span(over)} before that` : "";
}
