import type { Turn } from "./decide";

/** How long a run waits for what it cannot hurry. Milliseconds. */
export interface Patience {
  /** Between two looks. */
  readonly interval: number;
  /** For a step that might be taken and is not. */
  readonly step: number;
  /** For all of the run. */
  readonly all: number;
}

/** Instants in milliseconds since 1970. */
export interface Waited {
  readonly now: number;
  readonly started: number;
  /** Since when this step might have been taken. */
  readonly since: number;
}

/** A wait, or which patience is at its end. */
export type Rest = { readonly sleep: number } | { readonly over: "step" | "all" | "stack" };

/** How long somebody else may hold the stack: longer than a step takes, an engine that outlived its run included. */
const STACK_PATIENCE = 10 * 60_000;

/** How long a run rests before it looks again. A bake time is no wait for a step: only the end of all ends it. */
export function restOf(
  turn: Turn & { kind: "wait" | "hold" },
  patience: Patience,
  { now, started, since }: Waited,
): Rest {
  const ends = started + patience.all;
  if (now >= ends) return { over: "all" };
  if (turn.kind === "wait" && turn.on === "bake")
    return { sleep: Math.min(patience.interval, ends - now, Math.max(0, (turn.until ?? ends) - now)) };
  const isStack = turn.kind === "wait" && turn.on === "update";
  const over = since + (isStack ? STACK_PATIENCE : patience.step);
  if (now >= over) return { over: isStack ? "stack" : "step" };
  return { sleep: Math.min(patience.interval, ends - now, over - now) };
}
