import { expect, test } from "vitest";
import { checkPolicy, policyOf } from "../../../components/settings/policy";
import { linesOf } from "../../support/linesOf";
import type { RolloutPolicyArgs } from "../../../components/args/rollout";

test("a policy that says nothing limits nothing", () => {
  expect(policyOf()).toEqual({ maxIncrease: 100, maxInitialWeight: 0, bakeMinutes: 0, verifyTimeoutSeconds: 300 });
});

test("what is said is kept, zeros too", () => {
  const policy = { maxIncrease: 10, maxInitialWeight: 20, bakeMinutes: 0, verifyTimeoutSeconds: 60 };
  expect(policyOf(policy)).toEqual(policy);
  expect(policyOf({ bakeMinutes: 30 })).toEqual({
    maxIncrease: 100,
    maxInitialWeight: 0,
    bakeMinutes: 30,
    verifyTimeoutSeconds: 300,
  });
});

test.each<[unknown, readonly string[]]>([
  [undefined, []],
  [{}, []],
  [{ maxIncrease: undefined }, []],
  [{ maxIncrease: 1, bakeMinutes: 0, verifyTimeoutSeconds: 1 }, []],
  [{ maxIncrease: 100, bakeMinutes: 10_080, verifyTimeoutSeconds: 3600 }, []],
  [{ maxIncrease: 0 }, ["policy.maxIncrease: must be a whole number from 1 to 100, got 0"]],
  [{ maxIncrease: 101 }, ["policy.maxIncrease: must be a whole number from 1 to 100, got 101"]],
  [{ maxIncrease: 12.5 }, ["policy.maxIncrease: must be a whole number from 1 to 100, got 12.5"]],
  [{ maxIncrease: null }, ["policy.maxIncrease: must be a whole number from 1 to 100, got null"]],
  [{ maxInitialWeight: 0 }, []],
  [{ maxInitialWeight: 100 }, []],
  [{ maxInitialWeight: -1 }, ["policy.maxInitialWeight: must be a whole number from 0 to 100, got -1"]],
  [{ maxInitialWeight: 101 }, ["policy.maxInitialWeight: must be a whole number from 0 to 100, got 101"]],
  [{ maxInitialWeight: "10" }, ['policy.maxInitialWeight: must be a whole number from 0 to 100, got "10"']],
  [{ bakeMinutes: -1 }, ["policy.bakeMinutes: must be a whole number from 0 to 10080, got -1"]],
  [{ bakeMinutes: 10_081 }, ["policy.bakeMinutes: must be a whole number from 0 to 10080, got 10081"]],
  [{ bakeMinutes: "30" }, ['policy.bakeMinutes: must be a whole number from 0 to 10080, got "30"']],
  [{ verifyTimeoutSeconds: 0 }, ["policy.verifyTimeoutSeconds: must be a whole number from 1 to 3600, got 0"]],
  [
    { verifyTimeoutSeconds: Number.POSITIVE_INFINITY },
    ["policy.verifyTimeoutSeconds: must be a whole number from 1 to 3600, got Infinity"],
  ],
  [
    { maxStep: 10, toString: 1, bakeMinutes: -1 },
    [
      "policy.maxStep: no such setting; use maxIncrease, maxInitialWeight, bakeMinutes, verifyTimeoutSeconds, expectedRequestsPerMinute",
      "policy.toString: no such setting; use maxIncrease, maxInitialWeight, bakeMinutes, verifyTimeoutSeconds, expectedRequestsPerMinute",
      "policy.bakeMinutes: must be a whole number from 0 to 10080, got -1",
    ],
  ],
  [
    "slow",
    [
      'policy: must be a map of maxIncrease, maxInitialWeight, bakeMinutes, verifyTimeoutSeconds, expectedRequestsPerMinute, got "slow"',
    ],
  ],
  [
    null,
    [
      "policy: must be a map of maxIncrease, maxInitialWeight, bakeMinutes, verifyTimeoutSeconds, expectedRequestsPerMinute, got null",
    ],
  ],
  [
    [],
    [
      "policy: must be a map of maxIncrease, maxInitialWeight, bakeMinutes, verifyTimeoutSeconds, expectedRequestsPerMinute, got []",
    ],
  ],
])("policy %j", (policy, lines) => {
  expect(linesOf(checkPolicy(policy as RolloutPolicyArgs | undefined))).toEqual(lines);
});
