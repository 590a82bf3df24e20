import { describe, expect, test } from "vitest";
import { EXIT } from "../../../cli/terminal/exitCodes";
import { ScriptedRun } from "../../support/scriptedRun";
import type { Gate } from "../../support/scriptedRun";

const PLAN = { steps: [10, 50, 100], bakeMinutes: 30 };
const MINUTE = 60_000;

describe("with --once", () => {
  const once = (gate?: (weight: number, asked: number) => Gate, plan = PLAN) => {
    const run = new ScriptedRun(plan, gate);
    return { run, turn: () => run.run({ once: true }) };
  };

  test("the codes of a schedule are those of the rollout, and it takes one step at most", async () => {
    const { run, turn } = once();
    const seen: (readonly [number, number])[] = [];
    for (let tick = 0; tick < 7; tick += 1) {
      seen.push([await turn(), run.live]);
      run.now += 15 * MINUTE;
    }
    expect(seen).toEqual([
      [EXIT.inProgress, 10],
      [EXIT.waiting, 10],
      [EXIT.inProgress, 50],
      [EXIT.waiting, 50],
      [EXIT.done, 100],
      [EXIT.done, 100],
      [EXIT.done, 100],
    ]);
    expect(run.types).toEqual([
      "step-reached 10",
      "step-reached 50",
      "step-reached 100",
      "completed 100",
      "completed 100",
      "completed 100",
    ]);
  });

  test("it is held, and timed out when the step has been ready for longer than its patience", async () => {
    const { run, turn } = once((live) => (live === 10 ? "inconclusive" : "pass"));
    await turn();
    run.now += 40 * MINUTE;
    expect(await turn()).toBe(EXIT.held);
    run.now += 60 * MINUTE;
    expect([await turn(), run.live]).toEqual([EXIT.timedOut, 10]);
  });

  test("its deadline is measured with the time of the reading", async () => {
    const { run, turn } = once((live) => (live === 10 ? "inconclusive" : "pass"));
    await turn();
    const later = run.now + 500 * MINUTE;
    run.overrides = () => ({ now: later, bake: undefined });
    expect(await turn()).toBe(EXIT.timedOut);
  });

  test("a candidate without requests has no deadline, however long ago it was deployed", async () => {
    const { run, turn } = once(() => "inconclusive");
    run.changedAt = run.now - 10_000 * MINUTE;
    expect(await turn()).toBe(EXIT.held);
  });

  test.each([
    ["an update is under way", { working: { by: "update", message: "busy" } }, EXIT.inProgress],
    ["Azure works", { working: { by: "azure", message: "busy" } }, EXIT.inProgress],
    ["it is paused", { paused: "freeze" }, EXIT.held],
  ] as const)("%s", async (_, overrides, code) => {
    const { run, turn } = once();
    // However long the step has been ready.
    run.live = 10;
    run.changedAt = run.now - 10_000 * MINUTE;
    run.overrides = () => overrides;
    expect([await turn(), run.acts]).toEqual([code, []]);
  });
});
