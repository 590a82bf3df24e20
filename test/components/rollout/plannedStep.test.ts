import { describe, expect, test } from "vitest";
import type { RolloutPlanArgs, RolloutPolicyArgs } from "../../../components/args/rollout";
import { WeightsFrom } from "../../../components/args/rollout";
import { reportOf } from "../../../components/hooks/report";
import { stepText } from "../../../components/rollout/message";
import { settledText } from "../../../components/rollout/settledText";
import type { LiveState } from "../../../components/rollout/step";
import type { TrafficState } from "../../../components/rollout/weights";
import { MIRRORED, live, step } from "../../support/plannedStep";
import { requestOf, settled } from "../../support/stepRequest";
import { stateOf } from "../../support/trafficStates";

const { Candidate } = WeightsFrom;

describe("a person reads", () => {
  test("the whole of a step in the plan", () => {
    const lines = stepText(
      step(stateOf({ default: 75, green: 25 }), live({ default: 90, green: 10 }), { bakeMinutes: 5 }),
    );
    expect(lines.split("\n")).toEqual([
      "traffic  default 90 -> 75, green 10 -> 25 (15 points move)",
      "plan     step 2 of 4",
      "rules    weights, mirror, guard, outage, retire, paused kept; bakeMinutes 5 of 5",
      "wait     5 min before the next step (rollout.bakeMinutes)",
      "next: raise green to 50, or set it back to 0 to abort",
      "  $ pulumi up -c candidateTraffic=50",
    ]);
  });

  test.each<[string, TrafficState, RolloutPlanArgs, RolloutPolicyArgs, string | undefined]>([
    ["nothing", stateOf({ default: 50, green: 50 }), {}, {}, undefined],
    [
      "the mirror",
      stateOf({ default: 100, green: 0 }, { green: 5 }),
      MIRRORED,
      {},
      "30 min before the next step (rollout.mirror.minutes)",
    ],
    [
      "the bake time, when it is longer than that of the mirror",
      stateOf({ default: 100, green: 0 }, { green: 5 }),
      { ...MIRRORED, bakeMinutes: 40 },
      {},
      "40 min before the next step (rollout.bakeMinutes)",
    ],
    ["no time before the mirror", stateOf({ default: 100, green: 0 }), MIRRORED, {}, undefined],
    [
      "the policy",
      stateOf({ default: 50, green: 50 }),
      {},
      { bakeMinutes: 7 },
      "7 min before the next step (policy.bakeMinutes)",
    ],
    [
      "the end",
      stateOf({ default: 0, green: 100 }),
      MIRRORED,
      {},
      "60 min before the old deployment may be removed (rollout.retireAfterMinutes)",
    ],
  ])("what a step is followed by: %s", (_, declared, plan, policy, wait) => {
    const expected = wait === undefined ? undefined : `wait     ${wait}`;
    expect(step(declared, live({ default: 90, green: 10 }), plan, policy).wait).toBe(expected);
  });
});

describe("a run without a step says", () => {
  const say = (at: LiveState, plan: RolloutPlanArgs | undefined, policy: RolloutPolicyArgs = {}) =>
    settledText({
      ...requestOf(stateOf(at.traffic, at.mirrorTraffic), at, {
        policy,
        weightsFrom: Candidate,
        ...(plan && { plan }),
      }),
      live: at,
    }).split("\n");

  test("what is live, where that is in the plan, what it waits for and what is next", () => {
    expect(say(live({ default: 90, green: 10 }), { bakeMinutes: 30 })).toEqual([
      "traffic  default 90, green 10, live as declared",
      "plan     step 1 of 4",
      "wait     20 more min before the next step, until 2026-11-24T12:20:00.000Z (rollout.bakeMinutes is 30)",
      "next: raise green to 25, or set it back to 0 to abort",
      "  $ pulumi up -c candidateTraffic=25",
    ]);
  });

  test("no wait that is over, and no plan that is not declared", () => {
    expect(say(live({ default: 90, green: 10 }), undefined, { bakeMinutes: 5 })).toEqual([
      "traffic  default 90, green 10, live as declared",
      "next: raise green, or set it back to 0 to abort",
      "  $ pulumi up -c candidateTraffic=100",
    ]);
    expect(say(live({ default: 90, green: 10 }), undefined, { bakeMinutes: 15 })[1]).toBe(
      "wait     5 more min before the next step, until 2026-11-24T12:05:00.000Z (policy.bakeMinutes is 15)",
    );
  });

  test("at the end of a rollout, how it ends and not how the next one begins", () => {
    expect(say(live({ default: 0, green: 100 }), MIRRORED)).toEqual([
      "traffic  default 0, green 100, live as declared",
      "plan     step 4 of 4",
      "wait     50 more min before the old deployment may be removed, until 2026-11-24T12:50:00.000Z (rollout.retireAfterMinutes is 60)",
      "next: remove default from deployments and traffic, or give its weight back to abort",
      "  $ pulumi config rm-all --path deployments.default candidate candidateTraffic && pulumi up",
    ]);
  });

  test("what is mirrored, and what is paused", () => {
    expect(say(live({ default: 100, green: 0 }, { green: 5 }), { ...MIRRORED, paused: "p95" })).toEqual([
      "traffic  default 100, green 0, mirror green 5, live as declared",
      "plan     mirrored, before step 1 of 4",
      "wait     20 more min before the next step, until 2026-11-24T12:20:00.000Z (rollout.mirror.minutes is 30)",
      'next: the rollout is paused, "p95": go on with "mlflow-rollout resume", or end the mirror of green to abort',
      "  $ pulumi config rm --path rollout.paused && pulumi up",
    ]);
  });

  test("little of one deployment", () => {
    expect(say(settled({ default: 100 }), undefined)).toEqual([
      "traffic  default 100, live as declared",
      "next: add a deployment with the new model version at weight 0",
    ]);
  });
});

test("a machine reads the place in the plan, and where config holds the weights", () => {
  const request = {
    ...requestOf(stateOf({ default: 75, green: 25 }), live({ default: 90, green: 10 }), { plan: { bakeMinutes: 0 } }),
    weightsFrom: Candidate,
    configNamespace: "alpha",
  };
  const report = reportOf(request, { contracts: [], after: request.declared });
  expect(report).toMatchObject({
    plan: { steps: [10, 25, 50, 100], step: 2, of: 4, text: "step 2 of 4" },
    weightsFrom: "candidate",
    configNamespace: "alpha",
  });
  expect(Object.keys(report.plan ?? {})).toEqual(["steps", "step", "of", "text"]);
  const plain = reportOf(requestOf(request.declared, undefined), { contracts: [], after: request.declared });
  expect(Object.keys(plain)).not.toEqual(expect.arrayContaining(["plan"]));
  expect([plain.weightsFrom, plain.configNamespace]).toEqual([undefined, undefined]);
});
