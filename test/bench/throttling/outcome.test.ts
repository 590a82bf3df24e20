import { expect, test } from "vitest";
import { throttlingSeries } from "../../../bench/throttling/outcome";
import type { Outcome } from "../../../bench/throttling/outcome";

function outcome(atOnce: number, minutes: number, more: Partial<Outcome> = {}): Outcome {
  const paused = new Map([
    ["answer", 30],
    ["operation", 60],
  ] as const);
  return { atOnce, totalMs: minutes * 60_000, requests: 100, throttled: 0, failed: 0, paused, ...more };
}

const REFUSED = {
  throttled: 9,
  paused: new Map([["operation", 60] as const, ["throttled", 15] as const, ["again", 5] as const]),
};

test("the best is the fastest of which no update fails, and the fastest without a refusal is named beside it", () => {
  const { rows, note } = throttlingSeries("all", [
    outcome(1, 275),
    outcome(16, 17.6),
    outcome(32, 8.82, REFUSED),
    outcome(64, 5, { ...REFUSED, failed: 2 }),
  ]);
  expect(rows.map(({ at, values }) => [at, ...values])).toEqual([
    [1, 275, 100, 0, 0, 0],
    [16, 17.6, 100, 0, 0, 0],
    [32, 8.82, 100, 9, 0, 25],
    [64, 5, 100, 9, 2, 25],
  ]);
  expect(note).toBe(
    "Best are 32 at once: the fastest of which no update fails; the fastest without a request that is throttled are 16, in 17.6 min.",
  );
});

test("where nothing is throttled one is both", () => {
  expect(throttlingSeries("all", [outcome(1, 275), outcome(256, 1.1)]).note).toBe(
    "Best are 256 at once: the fastest of which no update fails.",
  );
});

test("where every one has failed updates, none is best", () => {
  expect(throttlingSeries("all", [outcome(256, 9, { ...REFUSED, failed: 3 })])).not.toHaveProperty("note");
});
