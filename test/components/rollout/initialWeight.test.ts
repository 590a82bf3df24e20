import { fc } from "@fast-check/vitest";
import { expect, test } from "vitest";
import { changesTested, checkInitialWeight, wasNeverUp } from "../../../components/rollout/initialWeight";
import type { UntestedBy } from "../../../components/rollout/initialWeight";
import { policyOf } from "../../../components/settings/policy";
import type { Weights } from "../../../components/rollout/weights";
import { weightOf } from "../../../components/rollout/weights";
import { linesOf } from "../../support/linesOf";
import { stateOf } from "../../support/trafficStates";

const TODO = 'run "pulumi up", test it, then raise it';

test.each<[string, UntestedBy, Weights, Weights, number | undefined, readonly string[]]>([
  ["nothing while the endpoint serves nothing", "creates it", { green: 100 }, {}, undefined, []],
  ["nothing while all weights are 0", "creates it", { default: 50, green: 50 }, { default: 0 }, undefined, []],
  ["nothing at weight 0", "creates it", { default: 100, green: 0 }, { default: 100 }, undefined, []],
  ["nothing of a weight that is not declared", "creates it", { default: 100 }, { default: 100 }, undefined, []],
  [
    "a new deployment with weight",
    "creates it",
    { default: 90, green: 10 },
    { default: 100 },
    undefined,
    [
      `traffic.green: has 10 in the update that creates it, more than policy.maxInitialWeight of 0; set it to 0, ${TODO}`,
    ],
  ],
  [
    "a new deployment with everything, when the old one leaves",
    "creates it",
    { green: 100 },
    { default: 100 },
    undefined,
    [
      `traffic.green: has 100 in the update that creates it, more than policy.maxInitialWeight of 0; set it to 0, ${TODO}`,
    ],
  ],
  [
    "a changed deployment that rises",
    "changes it",
    { default: 90, green: 10 },
    { default: 100, green: 0 },
    5,
    [
      `traffic.green: has 10 in the update that changes it, more than policy.maxInitialWeight of 5; set it to 5, ${TODO}`,
    ],
  ],
  ["nothing up to the limit", "creates it", { default: 90, green: 10 }, { default: 100 }, 10, []],
  ["nothing when everything is allowed", "creates it", { green: 100 }, { default: 100 }, 100, []],
  [
    "nothing of weight that is live already",
    "creates it",
    { default: 90, green: 10 },
    { default: 90, Green: 10 },
    0,
    [],
  ],
  [
    "weight beyond what is live",
    "creates it",
    { default: 80, green: 20 },
    { default: 90, green: 10 },
    0,
    [
      `traffic.green: has 20 in the update that creates it, more than policy.maxInitialWeight of 0; set it to 0, ${TODO}`,
    ],
  ],
])("says %s", (_, by, declared, live, maxInitialWeight, lines) => {
  const policy = policyOf(maxInitialWeight === undefined ? {} : { maxInitialWeight });
  expect(linesOf(checkInitialWeight("green", by, stateOf(declared), stateOf(live), policy))).toEqual(lines);
});

test("what passes on a serving endpoint has no more than the limit or than it has already", () => {
  const weight = fc.integer({ min: 0, max: 100 });
  fc.assert(
    fc.property(weight, weight, weight, (maxInitialWeight, declaredGreen, liveGreen) => {
      const declared = stateOf({ default: 100 - declaredGreen, green: declaredGreen });
      const live = stateOf({ default: 100 - liveGreen, green: liveGreen });
      const broken = checkInitialWeight("green", "creates it", declared, live, { maxInitialWeight });
      const most = Math.max(maxInitialWeight, weightOf(live.traffic, "green"));
      expect(broken.length === 0).toBe(declaredGreen <= most);
    }),
  );
});

test.each<[string, object, object, boolean]>([
  ["the model", { model: "1" }, { model: "2" }, true],
  ["the environment", { environmentId: "1" }, {}, true],
  ["a variable", { environmentVariables: { A: "1" } }, { environmentVariables: { A: "2" } }, true],
  ["a probe", {}, { livenessProbe: { period: "PT10S" } }, true],
  ["scale and description", { description: "a" }, { description: "b", scaleSettings: {} }, false],
  ["nothing", { model: "1" }, { model: "1" }, false],
])("a change of %s is of what was tested: from %j to %j", (_, before, after, tested) => {
  expect(changesTested("green", { ...before }, { ...after })).toBe(tested);
});

test.each<[string | undefined, boolean]>([
  [undefined, true],
  ["Creating", true],
  ["Failed", true],
  ["Canceled", true],
  ["Succeeded", false],
  ["Scaling", false],
  ["Updating", false],
])("a deployment that is %s was never up: %s", (state, never) => {
  expect(wasNeverUp(state)).toBe(never);
});
