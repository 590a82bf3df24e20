import { fc } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import type { RolloutPlanArgs } from "../../../components/args/rollout";
import { describePosition, positionOf, stagesOf } from "../../../components/rollout/position";
import { planOf } from "../../../components/settings/plan";
import { plans } from "../../support/plans";

const MIRRORED = { mirror: { percent: 10 } };

test("a plan that says nothing goes through 10, 25, 50 and 100 without waiting", () => {
  expect(planOf()).toEqual({ steps: [10, 25, 50, 100], bakeMinutes: 0, retireAfterMinutes: 0 });
  expect(planOf({ ...MIRRORED, bakeMinutes: 5, paused: "why" })).toEqual({
    steps: [10, 25, 50, 100],
    bakeMinutes: 5,
    mirror: { percent: 10, minutes: 0 },
    retireAfterMinutes: 0,
    paused: "why",
  });
});

test("the mirror is the first stage", () => {
  expect(stagesOf(planOf({ steps: [50, 100] }))).toEqual([
    { kind: "weight", percent: 50 },
    { kind: "weight", percent: 100 },
  ]);
  expect(stagesOf(planOf({ steps: [100], ...MIRRORED }))).toEqual([
    { kind: "mirror", percent: 10 },
    { kind: "weight", percent: 100 },
  ]);
});

describe("where a candidate is", () => {
  test.each<[RolloutPlanArgs, number, number, string, string]>([
    [{}, 0, 0, "before step 1 of 4", "weight 10"],
    [{}, 5, 0, "before step 1 of 4 (5 is not in the plan)", "weight 10"],
    [{}, 10, 0, "step 1 of 4", "weight 25"],
    [{}, 30, 0, "between steps 2 and 3 of 4 (30 is not in the plan)", "weight 50"],
    [{}, 99, 0, "between steps 3 and 4 of 4 (99 is not in the plan)", "weight 100"],
    [{}, 100, 0, "step 4 of 4", "the end"],
    [{ steps: [100] }, 0, 0, "before step 1 of 1", "weight 100"],
    [MIRRORED, 0, 0, "before step 1 of 4", "mirror 10"],
    [MIRRORED, 0, 20, "mirrored, before step 1 of 4", "weight 10"],
    // Not in the plan, and nothing else to be said of it.
    [{}, 0, 20, "mirrored, before step 1 of 4", "weight 10"],
    [MIRRORED, 10, 0, "step 1 of 4", "weight 25"],
  ])("with plan %j at %i, mirrored %i: %s, then %s", (plan, weight, mirrored, text, then) => {
    const position = positionOf(planOf(plan), weight, mirrored);
    const { next } = position;
    expect(describePosition(position, weight)).toBe(text);
    expect(next === undefined ? "the end" : `${next.kind} ${next.percent}`).toBe(then);
  });
});

const mirrors = fc.integer({ min: 0, max: 50 });

test("whatever the plan and the weight, the step is one of the plan and the next weight is more", () => {
  fc.assert(
    fc.property(plans, fc.integer({ min: 0, max: 100 }), mirrors, (args, weight, mirrored) => {
      const plan = planOf(args);
      const { step, of, next, isOnPlan } = positionOf(plan, weight, mirrored);
      expect(step).toBeGreaterThanOrEqual(0);
      expect(step).toBeLessThanOrEqual(of);
      expect(next === undefined).toBe(weight === 100);
      const isMirror = plan.mirror !== undefined && weight === 0 && mirrored === 0;
      expect(next?.kind).toBe(isMirror ? "mirror" : weight === 100 ? undefined : "weight");
      expect(isMirror || next === undefined || next.percent > weight).toBe(true);
      expect(isOnPlan).toBe(weight === 0 || plan.steps.includes(weight));
    }),
  );
});

test("from nothing, each next stage leads through all stages of the plan and no other", () => {
  fc.assert(
    fc.property(plans, (args) => {
      const plan = planOf(args);
      const gone = [];
      let [weight, mirrored] = [0, 0];
      for (;;) {
        const { next } = positionOf(plan, weight, mirrored);
        if (next === undefined) break;
        gone.push(next);
        [weight, mirrored] = next.kind === "mirror" ? [0, next.percent] : [next.percent, 0];
      }
      expect(gone).toEqual(stagesOf(plan));
    }),
  );
});
