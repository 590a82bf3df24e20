import { describe, expect, test } from "vitest";
import { remainingStages } from "../../../cli/plan/stages";
import type { RolloutStanding } from "../../../cli/plan/stages";
import { planOf } from "../../../components/settings/plan";
import type { RolloutPlanArgs } from "../../../components/args/rollout";

const NOW = new Date("2026-11-30T12:00:00Z");

/** The stages as `10 @0`, with the minutes from now at which each may be. */
function stagesOf(plan: RolloutPlanArgs, standing: Partial<RolloutStanding>): readonly string[] {
  const stages = remainingStages(
    {
      plan: planOf(plan),
      policyBakeMinutes: 0,
      maxIncrease: 100,
      candidate: "new",
      stable: "old",
      weight: 0,
      mirrored: 0,
      since: NOW.toISOString(),
      ...standing,
    },
    NOW,
  );
  return stages.map(({ kind, deployment, percent, earliest }) => {
    const what = kind === "weight" ? String(percent) : kind === "mirror" ? `mirror ${percent}` : `remove ${deployment}`;
    return `${what} @${(Date.parse(earliest) - NOW.getTime()) / 60_000}`;
  });
}

describe("what a rollout still has before it", () => {
  test.each<[string, RolloutPlanArgs, Partial<RolloutStanding>, readonly string[]]>([
    ["all of it", {}, {}, ["10 @0", "25 @0", "50 @0", "100 @0", "remove old @0"]],
    ["a bake time between steps", { steps: [50, 100], bakeMinutes: 30 }, {}, ["50 @30", "100 @60", "remove old @60"]],
    [
      "a bake time that has begun",
      { steps: [50, 100], bakeMinutes: 30 },
      { weight: 50, since: "2026-11-30T11:50:00Z" },
      ["100 @20", "remove old @20"],
    ],
    [
      "a bake time that is over",
      { steps: [50, 100], bakeMinutes: 30 },
      { weight: 50, since: "2026-11-30T09:00:00Z" },
      ["100 @0", "remove old @0"],
    ],
    ["a time that is not known", { steps: [100], bakeMinutes: 30 }, { since: undefined }, ["100 @0", "remove old @0"]],
    ["a time that is none", { steps: [100], bakeMinutes: 30 }, { since: "soon" }, ["100 @0", "remove old @0"]],
    [
      "the policy's bake time",
      { steps: [50, 100] },
      { policyBakeMinutes: 15 },
      ["50 @15", "100 @30", "remove old @30"],
    ],
    [
      "mirror traffic, which waits for nothing",
      { steps: [100], bakeMinutes: 10, mirror: { percent: 20, minutes: 60 }, retireAfterMinutes: 5 },
      {},
      ["mirror 20 @0", "100 @60", "remove old @65"],
    ],
    [
      "a candidate that is mirrored",
      { steps: [100], mirror: { percent: 20, minutes: 60 } },
      { mirrored: 20 },
      ["100 @60", "remove old @60"],
    ],
    [
      "steps larger than one may be",
      { steps: [50, 100] },
      { maxIncrease: 30, weight: 50 },
      ["80 @0", "100 @0", "remove old @0"],
    ],
    ["a weight off the plan", { steps: [25, 50, 100] }, { weight: 30 }, ["50 @0", "100 @0", "remove old @0"]],
    ["the removal alone", { retireAfterMinutes: 60 }, { weight: 100 }, ["remove old @60"]],
    ["nothing", {}, { weight: 100, stable: undefined }, []],
  ])("%s", (_, plan, standing, stages) => {
    expect(stagesOf(plan, standing)).toEqual(stages);
  });

  test("one point at a time ends", () => {
    expect(stagesOf({}, { maxIncrease: 1 })).toHaveLength(101);
  });
});
