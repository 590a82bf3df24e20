import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import type { RolloutPlanArgs } from "../../../components/args/rollout";
import { stepText } from "../../../components/rollout/message";
import { planStep } from "../../../components/rollout/planStep";
import { isWayBack } from "../../../components/rollout/roles";
import type { StepLoad } from "../../../components/rollout/step";
import { linesOf } from "../../support/linesOf";
import { requestOf, settled } from "../../support/stepRequest";
import { deploymentNames, servingStateOf, stateOf } from "../../support/trafficStates";

const LIVE = settled({ default: 90, green: 10 }, { stable: "default" });
const RAISED = stateOf({ default: 75, green: 25 });
const LOAD: StepLoad = { requestsPerMinute: 600, badShares: {} };

/** A step against an error budget; it may not bake, so that its bake time alone counts. */
function step(plan: RolloutPlanArgs, load?: StepLoad, declared = RAISED) {
  return planStep({ ...requestOf(declared, LIVE, { plan }), ...(load && { load }) });
}

describe("a step against an error budget", () => {
  test("is refused when all of its answers may be bad and are too many", () => {
    const { violations, rules } = step({ maxBadRequests: 1500, bakeMinutes: 5 }, LOAD);
    expect(linesOf(violations)).toEqual([
      "traffic.green: may give 1646 bad answers until its weight can be given back, more than rollout.maxBadRequests of 1500: " +
        "if all answers of green are bad for 10 min at 150 requests a minute; take a smaller step, or a shorter bake time",
    ]);
    expect(rules.at(-1)).toEqual({ rule: "maxBadRequests", verdict: "broken", used: 1646, limit: 1500 });
  });

  test("is bounded by what its requests so far say", () => {
    const load = { requestsPerMinute: 600, badShares: { green: 0.01 } };
    expect(stepText(step({ maxBadRequests: 100, gateDelayMinutes: 20 }, load))).toBe(`\
traffic  default 90 -> 75, green 10 -> 25 (15 points move)
plan     step 2 of 4
bound    at most 52 bad answers if 1 % of the answers of green are bad for 20 min at 150 requests a minute (in 99.8 % of such steps)
rules    weights, mirror, guard, outage, retire, paused kept; maxBadRequests 52 of 100
next: raise green to 50, or set it back to 0 to abort`);
  });

  test("needs a rate", () => {
    expect(linesOf(step({ maxBadRequests: 1 }, { requestsPerMinute: undefined, badShares: {} }).violations)).toEqual([
      "rollout.maxBadRequests: cannot be kept: no rate of requests is known, neither policy.expectedRequestsPerMinute nor from " +
        "Azure Monitor; set it, or remove rollout.maxBadRequests",
    ]);
  });

  test("is not asked without a budget, or where nobody has asked for the rate", () => {
    for (const { rules, bound } of [step({}, LOAD), step({ maxBadRequests: 1 })]) {
      expect([rules.some(({ rule }) => rule === "maxBadRequests"), bound]).toEqual([false, undefined]);
    }
  });

  const states = deploymentNames.chain((names) => fc.tuple(servingStateOf(names), servingStateOf(names)));
  test.prop([states])("never stands in the way back", ([from, declared]) => {
    const live = settled(from.traffic, { mirrorTraffic: from.mirrorTraffic });
    fc.pre(isWayBack(live, declared));
    const request = { ...requestOf(declared, live, { plan: { maxBadRequests: 1, bakeMinutes: 0 } }), load: LOAD };
    expect(planStep(request).rules.filter(({ rule }) => rule === "maxBadRequests")).toEqual([
      { rule: "maxBadRequests", verdict: "kept" },
    ]);
  });
});
