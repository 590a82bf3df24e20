import { describe, expect, test } from "vitest";
import { buildView } from "../../../cli/status/buildView";
import { endOf, exitCodeOf, waitForRollout } from "../../../cli/status/waiting";
import type { Goal } from "../../../cli/status/waiting";
import { EXIT } from "../../../cli/terminal/exitCodes";
import type { RolloutView } from "../../../cli/view/rolloutView";
import { NOW, factsOf } from "../../support/rolloutFacts";
import { SCENES } from "../../support/scenes";

const views = Object.fromEntries(
  Object.entries(SCENES).map(([name, scene]) => [name, buildView(factsOf(scene))]),
) as Readonly<Record<keyof typeof SCENES, RolloutView>>;

test.each<[keyof typeof SCENES, number]>([
  ["one deployment serves", EXIT.done],
  ["a step is live", EXIT.waiting],
  ["it is paused", EXIT.waiting],
  ["it bakes", EXIT.waiting],
  ["an update is under way", EXIT.inProgress],
  ["a deployment has failed", EXIT.degraded],
  ["somebody changed the weights", EXIT.degraded],
  ["config was edited", EXIT.waiting],
])("status ends, when %s, with %i", (scene, code) => {
  expect(exitCodeOf(views[scene])).toBe(code);
});

test.each<[keyof typeof SCENES, number | undefined, number | undefined]>([
  ["one deployment serves", EXIT.done, EXIT.done],
  ["a step is live", EXIT.done, undefined],
  ["it is paused", EXIT.waiting, EXIT.waiting],
  ["it bakes", undefined, undefined],
  ["an update is under way", undefined, undefined],
  ["a deployment has failed", EXIT.degraded, EXIT.degraded],
  ["config was edited", undefined, undefined],
  ["there is no endpoint yet", undefined, undefined],
])("a wait ends, when %s, for a step with %s and for all with %s", (scene, step, done) => {
  expect([endOf(views[scene], "step"), endOf(views[scene], "done")]).toEqual([step, done]);
});

test("a failure that an update is still working on ends no wait", () => {
  const use = { underWay: { by: "pid 1 of ada on build-7" } };
  const view = buildView(factsOf({ ...SCENES["a deployment has failed"], use }));
  expect([view.phase, endOf(view, "step")]).toEqual(["degraded", undefined]);
});

/** Waits through some answers, the last of them for ever, with a clock that only the pauses move. */
async function waitThrough(answers: readonly (RolloutView | Error)[], goal: Goal = "step", timeoutMinutes = 1) {
  let [now, reads] = [NOW.getTime(), 0];
  const lines: string[] = [];
  const pauses: number[] = [];
  const { exitCode, view } = await waitForRollout({
    goal,
    timeoutMinutes,
    read: async () => {
      const answer = answers[Math.min(reads, answers.length - 1)];
      reads += 1;
      if (answer === undefined || answer instanceof Error) throw answer ?? new Error("no answer");
      return answer;
    },
    sleep: async (milliseconds) => {
      pauses.push(milliseconds);
      now += milliseconds;
    },
    now: () => new Date(now),
    say: (line) => void lines.push(line),
  });
  return { exitCode, phase: view?.phase, lines, pauses, seconds: (now - NOW.getTime()) / 1000 };
}

describe("a wait", () => {
  const updating = views["an update is under way"];
  const baking = views["it bakes"];

  test("says what is awaited once, and again when that changes", async () => {
    const { exitCode, phase, lines } = await waitThrough([
      updating,
      updating,
      updating,
      baking,
      baking,
      views["a step is live"],
    ]);
    expect([exitCode, phase]).toEqual([EXIT.done, "waiting"]);
    expect(lines).toEqual([
      "waiting for deployment model-2 (Creating), since 14:16 UTC, usually 10 to 20 min with a first image, else 3 to 10; deadline 14:21 UTC",
      "waiting for the bake time of this step, since 14:02 UTC, until 14:32 UTC; deadline 14:21 UTC, 11 min before that",
    ]);
  });

  test("ends at the deadline, never after it, and asks less and less often", async () => {
    const { exitCode, phase, pauses, seconds } = await waitThrough([updating]);
    expect([exitCode, phase, seconds]).toEqual([EXIT.timedOut, "progressing", 60]);
    expect(pauses.slice(0, 4)).toEqual([2000, 3000, 4500, 6750]);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(15_000);
  });

  test("goes on when a read fails, and says why once", async () => {
    const down = new Error("no answer in 10 s");
    const { exitCode, lines } = await waitThrough([updating, down, down, views["one deployment serves"]]);
    expect(exitCode).toBe(EXIT.done);
    expect(lines.slice(1)).toEqual([
      "cannot read the rollout, and goes on trying; deadline 14:21 UTC: no answer in 10 s",
    ]);
  });

  test("times out without a view when nothing can be read", async () => {
    const { exitCode, phase } = await waitThrough([new Error("down")]);
    expect([exitCode, phase]).toEqual([EXIT.timedOut, undefined]);
  });

  test("for somebody says what they have to do, and since when it is waited", async () => {
    const { lines } = await waitThrough([views["config was edited"]]);
    expect(lines).toEqual([
      "waiting for somebody (stack config asks for something that no update has applied yet; next: pulumi up), since 14:20 UTC; deadline 14:21 UTC",
    ]);
  });

  test("for all does not end with a step", async () => {
    const { exitCode } = await waitThrough([views["a step is live"], views["one deployment serves"]], "done");
    expect(exitCode).toBe(EXIT.done);
  });
});
