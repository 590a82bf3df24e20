import { describe, expect, test } from "vitest";
import { describeExposure } from "../../../components/rollout/exposure";
import { describeVerified, stepText } from "../../../components/rollout/message";
import { planStep } from "../../../components/rollout/planStep";
import { reportOf } from "../../../components/hooks/report";
import { requestOf, settled } from "../../support/stepRequest";
import { stateOf } from "../../support/trafficStates";
import { WeightsFrom } from "../../../components/args/rollout";

const COMPATIBLE = { deployment: "green", stable: "default", verdict: "compatible", differences: [] };
const SPLIT = stateOf({ default: 90, green: 10 });
const POLICY = { policy: { expectedRequestsPerMinute: 600 } };

describe("what a person reads of a step", () => {
  test("is what moves, who is exposed, what comes next and how", () => {
    const request = { ...requestOf(SPLIT, settled({ default: 100 }), POLICY), weightsFrom: WeightsFrom.Candidate };
    expect(stepText(planStep(request))).toBe(
      [
        "traffic  default 100 -> 90, green 0 -> 10 (10 points move)",
        "exposed  of about 600 requests a minute 60 to green",
        "rules    weights, mirror, guard, outage, retire kept",
        "next: raise green, or set it back to 0 to abort",
        "  $ pulumi up -c candidateTraffic=100",
      ].join("\n"),
    );
  });

  test("is also what leaves, and how much of a limit the step uses", () => {
    const live = settled({ default: 80, green: 20 }, { stable: "default", changedAt: "2026-11-24T11:15:00Z" });
    const lastApplied = [...live.lastApplied, stateOf({ default: 80, green: 20, Old: 0 }, { shadow: 0, old: 0 })];
    const policy = { maxIncrease: 20, bakeMinutes: 30 };
    expect(stepText(planStep(requestOf(SPLIT, { ...live, lastApplied }, { policy })), ["verify   all"])).toBe(
      [
        "traffic  default 80 -> 90, green 20 -> 10 (10 points move)",
        "deletes  Old, shadow, after the step",
        "rules    weights, mirror, guard, outage, retire kept",
        "verify   all",
        "next: raise green, or set it back to 0 to abort",
      ].join("\n"),
    );
    const raised = planStep(requestOf(stateOf({ default: 70, green: 30 }), live, { policy }));
    expect(stepText(raised).split("\n")[1]).toBe(
      "rules    weights, mirror, guard, outage, retire kept; maxIncrease 10 of 20, bakeMinutes 30 of 30",
    );
    const much = planStep(requestOf(stateOf({ default: 50, green: 50 }), live, { policy: { maxIncrease: 20 } }));
    expect(stepText(much).split("\n")[1]).toBe(
      "rules    weights, mirror, guard, outage, retire kept; maxIncrease broken",
    );
  });

  test.each<[string | undefined, number, object | undefined]>([
    ["2026-11-24T11:50:00Z", 30, { used: 10, limit: 30 }],
    ["2026-11-24T13:50:00Z", 30, { used: 0, limit: 30 }],
    ["yesterday", 30, {}],
    [undefined, 30, {}],
    ["2026-11-24T11:50:00Z", 0, {}],
  ])("counts the minutes since %s of %i", (changedAt, bakeMinutes, use) => {
    const live = settled({ default: 100 }, changedAt === undefined ? {} : { changedAt });
    const verdict = planStep(requestOf(SPLIT, live, { policy: { bakeMinutes } })).rules.at(-1);
    expect(verdict).toEqual({ rule: "bakeMinutes", verdict: expect.any(String) as string, ...use });
  });

  test("is after the write what was read back", () => {
    expect(describeVerified(stateOf({ default: 100, green: 0 }, { green: 10, old: 0 }), 6)).toBe(
      "verified  live traffic is default 100, green 0, mirror green 10, read back 6 s after the write",
    );
  });

  test("says nothing of exposure when the requests are not known or only the stable one serves", () => {
    expect(describeExposure(SPLIT, "default", undefined)).toBeUndefined();
    expect(describeExposure(stateOf({ default: 100, green: 0 }), "default", 600)).toBeUndefined();
  });
});

describe("what a machine reads of a step", () => {
  test("is the same, with the verdict of each rule", () => {
    expect(
      reportOf(requestOf(SPLIT, settled({ default: 100 }), POLICY), { contracts: [COMPATIBLE], after: SPLIT }),
    ).toEqual({
      schemaVersion: 1,
      traffic: { from: { default: 100 }, to: { default: 90, green: 10 } },
      mirrorTraffic: { from: {}, to: {} },
      pointsMoved: 10,
      stable: "default",
      retiring: [],
      exposed: [{ deployment: "green", requestsPerMinute: 60 }],
      rules: ["weights", "mirror", "guard", "outage", "retire", "maxIncrease", "bakeMinutes"].map((rule) => ({
        rule,
        verdict: "kept",
      })),
      contracts: [COMPATIBLE],
      violations: [],
      next: "next: raise green, or set it back to 0 to abort",
    });
  });

  test("names a broken rule, and why", () => {
    const { rules, violations } = reportOf(
      requestOf(stateOf({ default: 50, green: 50 }), settled({ default: 100 }), { policy: { maxIncrease: 10 } }),
      { contracts: [], after: settled({ default: 100 }) },
    );
    expect(rules.filter(({ verdict }) => verdict === "broken")).toEqual([
      { rule: "maxIncrease", verdict: "broken", used: 50, limit: 10 },
    ]);
    expect(violations.map(({ path }) => path)).toEqual(["traffic.green"]);
  });
});

test("an endpoint may stop serving when a reason is given", () => {
  const request = requestOf(stateOf({ default: 0 }), settled({ default: 100 }));
  expect(planStep(request).violations).toHaveLength(1);
  expect(planStep({ ...request, allowOutage: "moved to another endpoint" }).violations).toEqual([]);
});
