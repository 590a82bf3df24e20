import { describe, expect, test } from "vitest";
import { WeightsFrom } from "../../components/rollout/nextCommand";
import { describeExposure } from "../../components/rollout/exposure";
import { sayStep } from "../../components/rollout/message";
import { planStep } from "../../components/rollout/planStep";
import { reportOf } from "../../components/rollout/report";
import { requestOf, settled } from "../support/stepRequest";
import { stateOf } from "../support/trafficStates";

const SPLIT = stateOf({ default: 90, green: 10 });
const POLICY = { policy: { expectedRequestsPerMinute: 600 } };

describe("what a person reads of a step", () => {
  test("is what moves, who is exposed, what comes next and how", () => {
    const request = { ...requestOf(SPLIT, settled({ default: 100 }), POLICY), weightsFrom: WeightsFrom.Candidate };
    expect(sayStep(planStep(request))).toBe(
      [
        "traffic  default 100 -> 90, green 0 -> 10 (10 points move)",
        "exposed  of about 600 requests a minute 60 to green",
        "next: raise green, or set it back to 0 to abort",
        "  $ pulumi up -c candidateTraffic=100",
      ].join("\n"),
    );
  });

  test("says nothing of exposure when the requests are not known or only the stable one serves", () => {
    expect(describeExposure(SPLIT, "default", undefined)).toBeUndefined();
    expect(describeExposure(stateOf({ default: 100, green: 0 }), "default", 600)).toBeUndefined();
  });
});

describe("what a machine reads of a step", () => {
  test("is the same, with the verdict of each rule", () => {
    expect(reportOf(requestOf(SPLIT, settled({ default: 100 }), POLICY))).toEqual({
      schemaVersion: 1,
      traffic: { from: { default: 100 }, to: { default: 90, green: 10 } },
      mirrorTraffic: { from: {}, to: {} },
      pointsMoved: 10,
      stable: "default",
      exposed: [{ deployment: "green", requestsPerMinute: 60 }],
      rules: ["weights", "mirror", "guard", "outage", "maxIncrease", "bakeMinutes"].map((rule) => ({
        rule,
        verdict: "kept",
      })),
      violations: [],
      next: "next: raise green, or set it back to 0 to abort",
    });
  });

  test("names a broken rule, and why", () => {
    const { rules, violations } = reportOf(
      requestOf(stateOf({ default: 50, green: 50 }), settled({ default: 100 }), { policy: { maxIncrease: 10 } }),
    );
    expect(rules.filter(({ verdict }) => verdict === "broken")).toEqual([{ rule: "maxIncrease", verdict: "broken" }]);
    expect(violations.map(({ path }) => path)).toEqual(["traffic.green"]);
  });
});

test("an endpoint may stop serving when a reason is given", () => {
  const request = requestOf(stateOf({ default: 0 }), settled({ default: 100 }));
  expect(planStep(request).violations).toHaveLength(1);
  expect(planStep({ ...request, allowOutage: "moved to another endpoint" }).violations).toEqual([]);
});
