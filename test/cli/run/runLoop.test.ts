import { describe, expect, test } from "vitest";
import { EXIT } from "../../../cli/terminal/exitCodes";
import { ScriptedRun, candidate } from "../../support/scriptedRun";
import type { Gate } from "../../support/scriptedRun";

const PLAN = { steps: [10, 50, 100], bakeMinutes: 30 };
const MINUTE = 60_000;

test("a run takes each step when it has baked, and none before", async () => {
  const run = new ScriptedRun(PLAN);
  expect(await run.run()).toBe(EXIT.done);
  expect(run.types).toEqual(["started 0", "step-reached 10", "step-reached 50", "step-reached 100", "completed 100"]);
  expect(run.minutes).toBe(60);
});

test("the mirror stage comes first, lasts its time, and ends with the first weight", async () => {
  const run = new ScriptedRun({ ...PLAN, mirror: { percent: 20, minutes: 45 } });
  expect(await run.run()).toBe(EXIT.done);
  expect(run.told.map(({ type, weight, mirrored }) => [type, weight, mirrored])).toEqual([
    ["started", 0, 0],
    ["mirror-started", 0, 20],
    ["step-reached", 10, 0],
    ["step-reached", 50, 0],
    ["step-reached", 100, 0],
    ["completed", 100, 0],
  ]);
  expect(run.minutes).toBe(45 + 60);
});

test("with --finish the old deployment is retired after its time", async () => {
  const run = new ScriptedRun({ ...PLAN, retireAfterMinutes: 90 });
  expect(await run.run({ finishes: true })).toBe(EXIT.done);
  expect(run.types.at(-1)).toBe("finished 100");
  expect(run.minutes).toBe(60 + 90);
});

test.each(["mirror", "first step", "last step"] as const)(
  "a gate that fails at the %s gives everything back",
  async (at) => {
    const weight = at === "last step" ? 50 : 0;
    const plan = at === "mirror" ? { ...PLAN, mirror: { percent: 20 } } : PLAN;
    const run = new ScriptedRun(plan, (live, asked) => {
      const isThen = live === weight && (at !== "mirror" || asked === 2);
      return isThen ? "fail" : "pass";
    });
    expect(await run.run()).toBe(EXIT.aborted);
    expect([run.live, run.mirrored, run.paused]).toEqual([
      0,
      0,
      "aborted: gate errors fail: 5.1 % errors, more than 1 %",
    ]);
    expect(run.types.at(-1)).toBe("aborted 0");
    // Started again it does not begin anew.
    const acts = run.acts.length;
    expect([await run.run(), await run.run({ once: true }), run.acts.length]).toEqual([
      EXIT.aborted,
      EXIT.aborted,
      acts,
    ]);
  },
);

describe("an inconclusive gate", () => {
  test("is asked again, and the run goes on when it passes", async () => {
    const run = new ScriptedRun(PLAN, (live, asked) => (live === 10 && asked < 5 ? "inconclusive" : "pass"));
    expect(await run.run()).toBe(EXIT.done);
    expect(run.types.filter((type) => type.startsWith("held"))).toEqual(["held 10"]);
    expect(run.minutes).toBe(60 + 4);
  });

  test("ends the run at the deadline of its step, with the weights as they are", async () => {
    const run = new ScriptedRun(PLAN, (live) => (live === 10 ? "inconclusive" : "pass"));
    expect(await run.run()).toBe(EXIT.timedOut);
    expect([run.live, run.minutes, run.types.at(-1)]).toEqual([10, 30 + 60, "timed-out 10"]);
  });

  test("or gives everything back then, where that is wished", async () => {
    const run = new ScriptedRun(PLAN, (live) => (live === 10 ? "inconclusive" : "pass"));
    expect(await run.run({ onTimeout: "abort" })).toBe(EXIT.aborted);
    expect([run.live, run.types.slice(-2)]).toEqual([0, ["timed-out 10", "aborted 0"]]);
  });

  test("that turns to fail aborts", async () => {
    const run = new ScriptedRun(PLAN, (live, asked) => (live < 10 ? "pass" : asked < 3 ? "inconclusive" : "fail"));
    expect([await run.run(), run.live]).toEqual([EXIT.aborted, 0]);
  });
});

test("the deadline of all of it ends a bake time too", async () => {
  const run = new ScriptedRun({ ...PLAN, bakeMinutes: 600 });
  const patience = { interval: MINUTE, step: 60 * MINUTE, all: 90 * MINUTE };
  expect([await run.run({ patience }), run.minutes, run.live]).toEqual([EXIT.timedOut, 90, 10]);
});

test.each<[Gate, number]>([
  ["refused", EXIT.refused],
  ["changed", EXIT.conflict],
])("a step that is %s stops the run with the weights as they are", async (gate, code) => {
  const run = new ScriptedRun(PLAN, (live) => (live === 50 ? gate : "pass"));
  expect([await run.run(), run.live, run.types.at(-1)]).toEqual([code, 50, "stopped 50"]);
});

describe("another update that holds the stack", () => {
  test("is waited for", async () => {
    const run = new ScriptedRun(PLAN, (live, asked) => (live === 10 && asked < 4 ? "held" : "pass"));
    expect([await run.run(), run.live]).toEqual([EXIT.done, 100]);
  });

  test("but not for ever", async () => {
    const run = new ScriptedRun(PLAN, (live) => (live === 10 ? "held" : "pass"));
    expect([await run.run(), run.live, run.minutes]).toEqual([EXIT.conflict, 10, 30 + 10]);
  });
});

test("a pause holds until the deadline of the step, and is never aborted by it", async () => {
  const run = new ScriptedRun(PLAN);
  run.live = 50;
  run.paused = "release freeze";
  expect([await run.run({ onTimeout: "abort" }), run.live]).toEqual([EXIT.timedOut, 50]);
  expect(run.types).toEqual(["started 50", "held 50", "timed-out 50"]);
});

test("a candidate that fails while it bakes is aborted at the next look", async () => {
  const run = new ScriptedRun(PLAN);
  run.overrides = () =>
    run.live === 10 && run.minutes >= 7
      ? {
          trouble: { kind: "failed", message: "deployment model-2 is Failed with 10 % of the traffic" },
          candidate: candidate({ hasFailed: true }),
        }
      : {};
  expect([await run.run(), run.live, run.minutes]).toEqual([EXIT.aborted, 0, 7]);
});

test("an update that was cut off is repaired, once", async () => {
  const run = new ScriptedRun(PLAN);
  run.overrides = () => ({ trouble: { kind: "cutOff", message: "the last update was cut off" } });
  expect([await run.run(), run.acts]).toEqual([EXIT.degraded, ["recover 0"]]);
});

test("after Ctrl+C the update under way ends, and nothing more is begun", async () => {
  const run = new ScriptedRun(PLAN, (live) => {
    if (live === 10) run.stopping.abort(new Error("interrupted"));
    return "pass";
  });
  expect([await run.run(), run.live, run.types.at(-1)]).toEqual([EXIT.interrupted, 50, "interrupted 10"]);
  expect(run.acts).toEqual(["promote 0", "promote 10"]);
});

test("a read that fails is tried again, and said once", async () => {
  const run = new ScriptedRun(PLAN);
  let reads = 0;
  run.overrides = () => {
    reads += 1;
    if (reads === 3 || reads === 4) throw new Error("nobody answers");
    return {};
  };
  expect(await run.run()).toBe(EXIT.done);
  expect(run.said.filter((line) => line.includes("cannot be read"))).toEqual([
    "the rollout cannot be read, and is tried again: nobody answers",
  ]);
});
