import { fc } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { planStep } from "../../../components/rollout/planStep";
import { sameTraffic } from "../../../components/rollout/weights";
import { linesOf } from "../../support/linesOf";
import { requestOf, settled } from "../../support/stepRequest";
import { servingState, servingStates, stateOf } from "../../support/trafficStates";

const SPLIT = stateOf({ default: 90, green: 10 });

describe("what is written", () => {
  test("first serving: all of the declared state", () => {
    const declared = stateOf({ default: 100, green: 0 });
    expect(planStep(requestOf(declared, undefined))).toMatchObject({
      write: declared,
      violations: [],
      message: "traffic  default 0 -> 100, green 0 (first serving)",
      next: "next: test green with the header azureml-model-deployment, then give it weight, or remove it",
    });
  });

  test("nothing on a new endpoint while all weights are 0", () => {
    const step = planStep(requestOf(stateOf({ default: 0 }), undefined));
    expect([step.write, step.violations]).toEqual([undefined, []]);
  });

  test("a step from the live to the declared weights, with what comes next", () => {
    expect(planStep(requestOf(SPLIT, settled({ default: 100 })))).toMatchObject({
      write: SPLIT,
      violations: [],
      message: "traffic  default 100 -> 90, green 0 -> 10 (10 points move)",
      next: "next: raise green, or set it back to 0 to abort",
    });
  });

  test("a mirror that starts or stops", () => {
    const mirrored = stateOf({ default: 100, green: 0 }, { green: 10 });
    expect(planStep(requestOf(mirrored, settled({ default: 100 }))).write).toBe(mirrored);
    const stopped = stateOf({ default: 100, green: 0 });
    expect(planStep(requestOf(stopped, settled({ default: 100 }, { mirrorTraffic: { green: 10 } }))).write).toBe(
      stopped,
    );
  });

  test("nothing when the live state is the declared one", () => {
    fc.assert(
      fc.property(servingState, (state) => {
        const step = planStep(requestOf(state, settled(state.traffic, { mirrorTraffic: state.mirrorTraffic })));
        expect([step.write, step.violations]).toEqual([undefined, []]);
      }),
    );
  });

  test("always the declared state, and exactly when it differs and no rule is broken", () => {
    const policy = fc.record({ maxIncrease: fc.integer({ min: 1, max: 100 }) });
    fc.assert(
      fc.property(servingStates, policy, fc.boolean(), ([live, declared], limits, touched) => {
        const lastApplied = touched ? [] : [live];
        const step = planStep(requestOf(declared, { ...live, lastApplied }, { policy: limits }));
        const writes = !sameTraffic(live, declared) && step.violations.length === 0;
        expect(step.write).toBe(writes ? declared : undefined);
      }),
    );
  });
});

describe("an endpoint that serves never stops serving", () => {
  test("all weights 0 are refused by name", () => {
    const step = planStep(requestOf(stateOf({ default: 0, green: 0 }), settled({ default: 90, green: 10 })));
    expect(linesOf(step.violations)).toEqual([
      "traffic: all weights are 0 while the endpoint serves default=90 green=10; keep 100 in total, " +
        "or say with allowOutage why it may stop serving",
    ]);
  });

  test("whatever is declared, nothing without 100 in total is written", () => {
    const weights = fc.dictionary(fc.constantFrom("default", "green", "blue"), fc.integer({ min: -10, max: 120 }));
    fc.assert(
      fc.property(servingState, weights, weights, (live, traffic, mirrorTraffic) => {
        const { write } = planStep(requestOf(stateOf(traffic, mirrorTraffic), { ...live, lastApplied: [live] }));
        const total = Object.values(write?.traffic ?? { default: 100 }).reduce((sum, weight) => sum + weight, 0);
        expect(total).toBe(100);
      }),
    );
  });
});

test("a broken rule of the declared state is refused on a new endpoint too", () => {
  const step = planStep(requestOf(stateOf({ default: 90 }, { green: 60 }), undefined));
  expect(step.write).toBeUndefined();
  expect(linesOf(step.violations)).toEqual([
    "traffic: the weights add up to 90; they must add up to 100",
    "mirrorTraffic.green: no such deployment; add it to deployments or use default",
    "mirrorTraffic.green: must be a whole number from 0 to 50, got 60",
  ]);
});

test("all broken rules are reported at once: state, guard and pace", () => {
  const live = settled(
    { default: 100 },
    {
      lastApplied: [stateOf({ default: 95, green: 5 })],
      changedAt: "2026-11-24T11:50:00Z",
    },
  );
  const declared = stateOf({ default: 10, green: 80 });
  const step = planStep(requestOf(declared, live, { policy: { maxIncrease: 25, bakeMinutes: 30 } }));
  expect(step.write).toBeUndefined();
  expect(linesOf(step.violations)).toEqual([
    "traffic: the weights add up to 90; they must add up to 100",
    "traffic: the live traffic is default=100, the last applied here is default=95 green=5: it was changed elsewhere, " +
      'or a write did not take effect; declare the live weights, or overwrite them with acceptLive: {"default": 100}',
    "traffic.green: rises from 0 to 80, by more than policy.maxIncrease of 25 points; use at most 25",
    "traffic.green: must stay at 0 for 20 more min: policy.bakeMinutes is 30, last step 2026-11-24T11:50:00Z",
  ]);
  expect(step.message).toBe("traffic  default 100 -> 10, green 0 -> 80 (80 points move)");
});
