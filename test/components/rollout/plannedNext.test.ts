import { fc } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import type { RolloutPlanArgs, RolloutPolicyArgs } from "../../../components/args/rollout";
import { WeightsFrom } from "../../../components/args/rollout";
import { planStep } from "../../../components/rollout/planStep";
import type { TrafficState } from "../../../components/rollout/weights";
import { MIRRORED, live, step } from "../../support/plannedStep";
import { plans } from "../../support/plans";
import { requestOf } from "../../support/stepRequest";
import { stateOf } from "../../support/trafficStates";

const { Traffic } = WeightsFrom;

describe("a step says where it leads and what the plan does next", () => {
  test.each<[TrafficState, RolloutPlanArgs, RolloutPolicyArgs, readonly (string | undefined)[]]>([
    [
      stateOf({ default: 100 }),
      {},
      {},
      ["no candidate is declared", "next: add a deployment with the new model version at weight 0", undefined],
    ],
    [
      stateOf({ default: 100, green: 0 }),
      {},
      {},
      [
        "before step 1 of 4",
        "next: test green with the header azureml-model-deployment, then give it weight 10, or remove it",
        "pulumi up -c candidateTraffic=10",
      ],
    ],
    [
      stateOf({ default: 100, green: 0 }),
      MIRRORED,
      {},
      [
        "before step 1 of 4",
        "next: test green with the header azureml-model-deployment, then mirror 5 % of the requests to it, or remove it",
        "pulumi up --config-path -c mirrorTraffic.green=5",
      ],
    ],
    [
      stateOf({ default: 100, green: 0 }, { green: 5 }),
      MIRRORED,
      {},
      [
        "mirrored, before step 1 of 4",
        "next: compare the metrics of green, then give it weight 10 instead of the mirror",
        "pulumi config rm mirrorTraffic && pulumi up -c candidateTraffic=10",
      ],
    ],
    [
      stateOf({ default: 90, green: 10 }),
      {},
      {},
      ["step 1 of 4", "next: raise green to 25, or set it back to 0 to abort", "pulumi up -c candidateTraffic=25"],
    ],
    [
      stateOf({ default: 70, green: 30 }),
      {},
      {},
      [
        "between steps 2 and 3 of 4 (30 is not in the plan)",
        "next: raise green to 50, or set it back to 0 to abort",
        "pulumi up -c candidateTraffic=50",
      ],
    ],
    [
      stateOf({ default: 90, green: 10 }),
      { steps: [10, 80, 100] },
      { maxIncrease: 20 },
      ["step 1 of 3", "next: raise green to 30, or set it back to 0 to abort", "pulumi up -c candidateTraffic=30"],
    ],
    [
      stateOf({ default: 0, green: 100 }),
      {},
      {},
      [
        "step 4 of 4",
        "next: remove default from deployments and traffic, or give its weight back to abort",
        "pulumi config rm-all --path deployments.default candidate candidateTraffic && pulumi up",
      ],
    ],
    [
      stateOf({ default: 90, green: 10 }),
      { paused: "p95" },
      {},
      [
        "step 1 of 4",
        'next: the rollout is paused, "p95": go on with "mlflow-rollout resume", or set green back to 0 to abort',
        "pulumi config rm --path rollout.paused && pulumi up",
      ],
    ],
    [
      stateOf({ default: 100, green: 0 }),
      { paused: "p95" },
      {},
      [
        "before step 1 of 4",
        'next: the rollout is paused, "p95": go on with "mlflow-rollout resume"',
        "pulumi config rm --path rollout.paused && pulumi up",
      ],
    ],
    [
      stateOf({ default: 100, green: 0, red: 0 }),
      {},
      {},
      [
        "before step 1 of 4",
        "next: test green, red with the header azureml-model-deployment, then give them weight, or remove them",
        undefined,
      ],
    ],
    [
      stateOf({ default: 80, green: 10, red: 10 }),
      {},
      {},
      [
        "green, red get requests; the plan is for one candidate",
        "next: raise green, red, or set them back to 0 to abort",
        undefined,
      ],
    ],
    [
      stateOf({ default: 90, green: 10, red: 0 }),
      {},
      {},
      ["step 1 of 4", "next: raise green to 25, or set it back to 0 to abort", undefined],
    ],
  ])("%j with %j, %j", (declared, plan, policy, [text, next, command]) => {
    const outlook = step(declared, live({ default: 60, green: 40 }), plan, policy);
    expect([outlook.plan?.text, outlook.next, outlook.command]).toEqual([text, next, command]);
  });

  test("also of the first weights, and when nothing moves", () => {
    const declared = stateOf({ default: 100, green: 0 });
    expect(planStep(requestOf(declared, undefined, { plan: {} })).plan?.text).toBe("before step 1 of 4");
    expect(planStep(requestOf(declared, undefined)).plan).toBeUndefined();
    const even = stateOf({ default: 50, green: 50 });
    expect(planStep(requestOf(even, undefined, { plan: {} })).plan?.text).toBe(
      "no deployment is clearly the stable one",
    );
    const ended = planStep(
      requestOf(stateOf({ default: 0, green: 100 }), live({ default: 0, green: 100 }), { plan: {} }),
    );
    expect(ended.plan?.text).toBe("step 4 of 4");
  });

  test("in the map of weights and in another namespace", () => {
    const request = requestOf(stateOf({ default: 100, green: 0 }, { green: 5 }), live({ default: 100, green: 0 }), {
      plan: MIRRORED,
      weightsFrom: Traffic,
    });
    expect(planStep(request).command).toBe(
      "pulumi config rm mirrorTraffic && pulumi up --config-path -c traffic.default=90 -c traffic.green=10",
    );
    expect(planStep({ ...request, configNamespace: "alpha" }).command).toBe(
      "pulumi config rm alpha:mirrorTraffic && pulumi up --config-path -c alpha:traffic.default=90 -c alpha:traffic.green=10",
    );
    const idle = { ...request, declared: stateOf({ default: 100, green: 0 }), configNamespace: "alpha" };
    expect(planStep(idle).command).toBe("pulumi up --config-path -c alpha:mirrorTraffic.green=5");
    expect(planStep({ ...request, weightsFrom: undefined }).command).toBeUndefined();
  });

  test("never a command that the plan or maxIncrease does not allow", () => {
    const weights = fc.integer({ min: 0, max: 99 });
    fc.assert(
      fc.property(plans, weights, fc.integer({ min: 1, max: 100 }), ({ paused: _, ...plan }, weight, maxIncrease) => {
        const declared = stateOf({ default: 100 - weight, green: weight });
        const { command = "" } = step(declared, live({ default: 100, green: 0 }), plan, { maxIncrease });
        const [, map, next = ""] = /(candidateTraffic|mirrorTraffic\.green)=(\d+)$/.exec(command) ?? [];
        const planned = (plan.steps ?? [10, 25, 50, 100]).find((percent) => percent > weight) ?? 100;
        const isMirror = weight === 0 && plan.mirror !== undefined;
        expect(map).toBe(isMirror ? "mirrorTraffic.green" : "candidateTraffic");
        expect(Number(next)).toBe(isMirror ? plan.mirror?.percent : Math.min(planned, weight + maxIncrease));
      }),
    );
  });
});
