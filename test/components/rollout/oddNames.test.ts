import { fc } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { checkContracts } from "../../../components/contract/checkContracts";
import { checkDeploymentName } from "../../../components/rollout/names";
import { planStep } from "../../../components/rollout/planStep";
import { needsQuota } from "../../../components/rollout/quota";
import { endpointTags, recordOf, trafficOfRecord } from "../../../components/rollout/record";
import { retiringOf } from "../../../components/rollout/roles";
import { entryOf } from "../../../components/values/shape";
import { checkTraffic } from "../../../components/rollout/trafficRules";
import { formatWeights, positiveWeights, sameTraffic, weightOf } from "../../../components/rollout/weights";
import { NOW, requestOf, settled } from "../../support/stepRequest";
import { servingStateOf, stateOf } from "../../support/trafficStates";

/** What every object has, as far as Azure takes it for the name of a deployment, and what classes of the language have. */
const ODD_NAMES = [...Object.getOwnPropertyNames(Object.prototype), "then", "toJSON", "length", "name", "apply"].filter(
  (name) => checkDeploymentName(name) === undefined,
);

const oddNames = fc.uniqueArray(fc.constantFrom(...ODD_NAMES, "default", "green"), { minLength: 1, maxLength: 4 });
const oddState = oddNames.chain(servingStateOf);

test("there are such names", () => {
  expect(ODD_NAMES).toContain("constructor");
  expect(ODD_NAMES).toContain("hasOwnProperty");
  expect(ODD_NAMES.length).toBeGreaterThan(8);
});

test.each([...ODD_NAMES, "__proto__"])("nothing is found by the name %s in a map that has none", (name) => {
  expect(entryOf({ default: 1 }, name)).toBeUndefined();
  expect(weightOf({ default: 100 }, name)).toBe(0);
  expect(needsQuota({ [name]: { instanceType: "a", instances: 1, mostInstances: 1 } }, {})).toBe(true);
});

test.each([...ODD_NAMES, "__proto__"])("the name %s is kept in a map", (name) => {
  const weights = positiveWeights(Object.fromEntries([[name, 100]]));
  expect(Object.entries(weights)).toEqual([[name.toLowerCase(), 100]]);
  expect(formatWeights(weights)).toBe(`${name.toLowerCase()}=100`);
  expect(entryOf(Object.fromEntries([[name, 1]]), name)).toBe(1);
});

describe("with names as every object has them", () => {
  test("weights are what they are with other names", () => {
    fc.assert(
      fc.property(oddState, (state) => {
        const names = Object.keys(state.traffic);
        expect(checkTraffic(state.traffic, names)).toEqual([]);
        const tags = endpointTags({ declared: state, declaredTags: {}, now: NOW, live: undefined });
        const written = trafficOfRecord(recordOf(tags).traffic, []);
        expect(written && sameTraffic(written, state)).toBe(true);
        expect(endpointTags({ declared: state, declaredTags: {}, now: NOW, live: { ...state, tags } })).toEqual(tags);
      }),
    );
  });

  test("a step is decided, and what is not declared leaves", () => {
    fc.assert(
      fc.property(oddState, oddState, (live, declared) => {
        const step = planStep(requestOf(declared, settled(live.traffic, { mirrorTraffic: live.mirrorTraffic })));
        expect(step.violations).toEqual([]);
        const gone = Object.keys({ ...live.traffic }).filter((name) => !Object.keys(declared.traffic).includes(name));
        expect([...step.retiring].toSorted()).toEqual(gone.toSorted());
        expect(retiringOf({ lastApplied: [declared] }, declared)).toEqual([]);
      }),
    );
  });

  test("models that nobody knows break nobody", () => {
    fc.assert(
      fc.property(oddState, oddState, (live, declared) => {
        expect(checkContracts({ live, declared, stable: "constructor", contracts: {} })).toEqual([]);
      }),
    );
  });

  test("a deployment that is not declared is none of them", () => {
    expect(checkTraffic({ constructor: 100 }, ["default"])).toEqual([
      { path: "traffic.constructor", reason: "no such deployment; add it to deployments or use default" },
    ]);
    expect(planStep(requestOf(stateOf({ default: 100 }), settled({ default: 100 }))).retiring).toEqual([]);
  });
});
