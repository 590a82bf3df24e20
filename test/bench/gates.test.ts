import { expect, test } from "vitest";
import { playBudgets, playScenarios } from "../../bench/gates/table";

/** The table of the page is of 1,000 rollouts and 10,000 steps. */
const ORDER = { rollouts: 60, steps: 1000, seed: 7 };

test(
  "a bad candidate is stopped at the first step that could see it, a good one is not given up",
  { timeout: 120_000 },
  () => {
    const rows = playScenarios(ORDER);
    for (const { name, isGood, stoppedAtOnce, aborted } of rows) {
      expect([name, isGood ? aborted : stoppedAtOnce]).toEqual([name, expect.closeTo(isGood ? 0 : 1, 1)]);
    }
    expect(rows.filter(({ isGood }) => isGood)).not.toEqual([]);
  },
);

test("the bound of bad answers holds, and is of some use", () => {
  for (const { name, held, bad, bound } of playBudgets(ORDER)) {
    expect([name, held >= 0.99, bound < 6 * bad]).toEqual([name, true, true]);
  }
});
