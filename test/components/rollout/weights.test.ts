import { fc } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { describeStep } from "../../../components/rollout/message";
import { policyOf } from "../../../components/settings/policy";
import { checkTraffic } from "../../../components/rollout/trafficRules";
import {
  formatTraffic,
  formatWeights,
  isServing,
  positiveWeights,
  sameTraffic,
  sameWeights,
  weightOf,
} from "../../../components/rollout/weights";
import type { Weights } from "../../../components/rollout/weights";
import { linesOf } from "../../support/linesOf";
import { servingState, servingStates, stateOf } from "../../support/trafficStates";

test("a weight of 0 is a value", () => {
  const state = stateOf({ blue: 0, green: 100 });
  expect(weightOf(state.traffic, "blue")).toBe(0);
  expect(describeStep(state, state)).toBe("traffic  blue 0, green 100 (nothing moves)");
  expect(checkTraffic(state.traffic, ["blue", "green"])).toEqual([]);
  expect(linesOf(checkTraffic(state.traffic, ["green"]))).toEqual([
    "traffic.blue: no such deployment; add it to deployments or use green",
  ]);
  expect(policyOf({ bakeMinutes: 0 }).bakeMinutes).toBe(0);
});

describe("weights mean the same", () => {
  test.each<[Weights, Weights, boolean]>([
    [{}, {}, true],
    [{ default: 100 }, { default: 100 }, true],
    [{ default: 100, green: 0 }, { default: 100 }, true],
    [{ green: 0 }, {}, true],
    [{ Default: 100 }, { default: 100 }, true],
    [{ default: 90, green: 10 }, { GREEN: 10, DEFAULT: 90 }, true],
    [{ default: 90, green: 10 }, { default: 10, green: 90 }, false],
    [{ default: 100 }, { green: 100 }, false],
    [{ default: 100 }, {}, false],
    [{ default: 100 }, { default: 90, green: 10 }, false],
  ])("%j and %j: %s", (a, b, same) => {
    expect(sameWeights(a, b)).toBe(same);
    expect(sameWeights(b, a)).toBe(same);
  });

  test("only with the same mirror", () => {
    expect(sameTraffic(stateOf({ default: 100 }, { green: 0 }), stateOf({ default: 100 }))).toBe(true);
    expect(sameTraffic(stateOf({ default: 100 }, { green: 10 }), stateOf({ default: 100 }))).toBe(false);
  });

  test("whatever the case, the order and the zeros", () => {
    fc.assert(
      fc.property(servingState, (state) => {
        const other = { traffic: rewrite(state.traffic), mirrorTraffic: rewrite(state.mirrorTraffic) };
        expect(sameTraffic(state, other)).toBe(true);
        expect(formatTraffic(other)).toBe(formatTraffic(state));
      }),
    );
  });

  test("exactly when they read the same", () => {
    fc.assert(
      fc.property(servingStates, ([a, b]) => {
        expect(sameTraffic(a, b)).toBe(formatTraffic(a) === formatTraffic(b));
      }),
    );
  });

  test("as their positive ones", () => {
    fc.assert(
      fc.property(servingState, ({ traffic }) => {
        const positive = positiveWeights(traffic);
        expect(sameWeights(positive, traffic)).toBe(true);
        expect(positiveWeights(positive)).toEqual(positive);
        expect(Object.values(positive).every((weight) => weight > 0)).toBe(true);
      }),
    );
  });
});

test.each<[Weights, string, number]>([
  [{ default: 90, green: 10 }, "green", 10],
  [{ default: 90, green: 10 }, "GREEN", 10],
  [{ Default: 90 }, "default", 90],
  [{ default: 100, green: 0 }, "green", 0],
  [{ default: 100 }, "green", 0],
  [{}, "toString", 0],
])("in %j the weight of %s is %d", (weights, name, weight) => {
  expect(weightOf(weights, name)).toBe(weight);
});

test.each<[Weights, Weights, string]>([
  [{}, {}, "none"],
  [{ default: 0 }, { green: 0 }, "none"],
  [{ default: 100, green: 0 }, {}, "default=100"],
  [{ green: 10, Default: 90 }, {}, "default=90 green=10"],
  [{ default: 100 }, { green: 10 }, "default=100, mirror green=10"],
  [{}, { green: 10 }, "none, mirror green=10"],
])("%j with mirror %j reads %s", (traffic, mirrorTraffic, text) => {
  expect(formatTraffic(stateOf(traffic, mirrorTraffic))).toBe(text);
  expect(formatWeights(traffic)).toBe(text.split(", ")[0]);
});

test.each<[Weights, Weights, boolean]>([
  [{}, {}, false],
  [{ default: 0 }, {}, false],
  [{}, { green: 10 }, false],
  [{ default: 100 }, {}, true],
])("%j with mirror %j serves: %s", (traffic, mirrorTraffic, serves) => {
  expect(isServing(stateOf(traffic, mirrorTraffic))).toBe(serves);
});

/** The same weights as another client may write them: other case and order, and a zero more. */
function rewrite(weights: Weights): Weights {
  const entries = Object.entries(weights).map(([name, weight]): [string, number] => [name.toUpperCase(), weight]);
  return Object.fromEntries([...entries.toReversed(), ["IDLE-0000", 0]]);
}
