import * as pulumi from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";
import { problemsWith } from "../../support/checkedArgs";

type Plan = Readonly<Record<string, unknown>>;

const FULL = {
  steps: [1, 99, 100],
  bakeMinutes: 0,
  mirror: { percent: 50, minutes: 10_080 },
  retireAfterMinutes: 10_080,
};
const WHOLE = "must be a whole number from";
const REASON = 'must say why the rollout is paused, such as "p95 has doubled", got';

describe("a plan that holds", () => {
  test.each<[Plan]>([
    [{}],
    [FULL],
    [{ steps: [100] }],
    [{ ...FULL, paused: "p95 has doubled" }],
    [{ steps: undefined, bakeMinutes: undefined, mirror: undefined, paused: undefined }],
    [{ mirror: { percent: 1 } }],
  ])("%j", (rollout) => {
    expect(problemsWith({ rollout })).toEqual([]);
  });

  test("beside a bake time of the policy", () => {
    expect(problemsWith({ rollout: { steps: [100] }, policy: { bakeMinutes: 30 } })).toEqual([]);
    expect(problemsWith({ rollout: { bakeMinutes: 30 }, policy: { maxIncrease: 30 } })).toEqual([]);
  });
});

describe("the steps", () => {
  test.each<[unknown, readonly string[]]>([
    [
      "10,50,100",
      [`rollout.steps: must be a list of the candidate's weights such as [10, 25, 50, 100], got "10,50,100"`],
    ],
    [{ a: 10 }, [`rollout.steps: must be a list of the candidate's weights such as [10, 25, 50, 100], got {"a":10}`]],
    [null, ["rollout.steps: must be a list of the candidate's weights such as [10, 25, 50, 100], got null"]],
    [[], ["rollout.steps: has no step; give the candidate's weights such as [10, 25, 50, 100], or leave it out"]],
    [
      [0, 101, 33.3, "50"],
      [
        `rollout.steps.0: ${WHOLE} 1 to 100, got 0`,
        `rollout.steps.1: ${WHOLE} 1 to 100, got 101`,
        `rollout.steps.2: ${WHOLE} 1 to 100, got 33.3`,
        `rollout.steps.3: ${WHOLE} 1 to 100, got "50"`,
      ],
    ],
    [
      [10, 10, 50, 25],
      [
        "rollout.steps.1: must be more than 10, the step before it, got 10",
        "rollout.steps.3: must be more than 50, the step before it, got 25",
        "rollout.steps: must end with 100, where the candidate has all of the traffic, got 25; add 100",
      ],
    ],
    [[10, null, 100], [`rollout.steps.1: ${WHOLE} 1 to 100, got null`]],
    [[10, undefined, 100], [`rollout.steps.1: ${WHOLE} 1 to 100, got null`]],
    [[10, 50], ["rollout.steps: must end with 100, where the candidate has all of the traffic, got 50; add 100"]],
    [[100, 50, 100], ["rollout.steps.1: must be more than 100, the step before it, got 50"]],
  ])("%j", (steps, lines) => {
    expect(problemsWith({ rollout: { steps } })).toEqual(lines);
  });
});

describe("everything else", () => {
  test.each<[Plan, readonly string[]]>([
    [
      { bakeMinutes: -1, retireAfterMinutes: 10_081, mirror: { percent: 51, minutes: 0.5 }, paused: "" },
      [
        `rollout.bakeMinutes: ${WHOLE} 0 to 10080, got -1`,
        `rollout.mirror.percent: ${WHOLE} 1 to 50, got 51`,
        `rollout.mirror.minutes: ${WHOLE} 0 to 10080, got 0.5`,
        `rollout.retireAfterMinutes: ${WHOLE} 0 to 10080, got 10081`,
        `rollout.paused: ${REASON} nothing; remove it to go on`,
      ],
    ],
    [
      { mirror: {} },
      ["rollout.mirror.percent: is missing; give the share of the live requests that is copied, such as 10"],
    ],
    [{ mirror: 10 }, ["rollout.mirror: must be { percent, minutes }, got 10"]],
    [{ mirror: { percent: 10, minute: 5 } }, ["rollout.mirror.minute: no such setting; did you mean minutes?"]],
    [{ step: [100] }, ["rollout.step: no such setting; did you mean steps?"]],
    [
      { colour: 1 },
      [
        "rollout.colour: no such setting; use steps, bakeMinutes, mirror, retireAfterMinutes, gates, maxBadRequests, gateDelayMinutes, paused",
      ],
    ],
    [{ paused: true }, [`rollout.paused: ${REASON} true; remove it to go on`]],
    [{ paused: false }, [`rollout.paused: ${REASON} false; remove it to go on`]],
    [{ paused: "  " }, [`rollout.paused: ${REASON} "  "; remove it to go on`]],
    [{ paused: null }, [`rollout.paused: ${REASON} null; remove it to go on`]],
  ])("%j", (rollout, lines) => {
    expect(problemsWith({ rollout })).toEqual(lines);
  });

  test("no plan at all", () => {
    expect(problemsWith({ rollout: [10, 50, 100] })).toEqual([
      "rollout: must be { steps, bakeMinutes, mirror, retireAfterMinutes, gates, maxBadRequests, gateDelayMinutes, paused }, got [10,50,100]",
    ]);
  });

  test("two bake times", () => {
    expect(problemsWith({ rollout: { bakeMinutes: 0 }, policy: { bakeMinutes: 30 } })).toEqual([
      "rollout.bakeMinutes: both rollout.bakeMinutes and policy.bakeMinutes are set; remove one of them",
    ]);
  });

  test("a mirror in a cluster", () => {
    const compute =
      "/subscriptions/s/resourceGroups/rg/providers/Microsoft.MachineLearningServices/workspaces/mlw/computes/aks";
    expect(problemsWith({ compute, rollout: { mirror: { percent: 10 } } })).toEqual([
      "rollout.mirror: Azure mirrors on managed endpoints only; remove it",
    ]);
  });

  test("an output among the steps", () => {
    expect(problemsWith({ rollout: { steps: [pulumi.output(10), 100] } })).toEqual([
      expect.stringMatching(/^rollout\.steps\.0: must be a whole number from 1 to 100, got .{1,70}$/s),
    ]);
  });
});
