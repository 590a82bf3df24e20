import { fc } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { checkAcceptLive, checkMirrorTraffic, checkTraffic } from "../../../components/rollout/trafficRules";
import type { Weights } from "../../../components/rollout/weights";
import { linesOf } from "../../support/linesOf";
import { deploymentNames, servingState, weightsOf } from "../../support/trafficStates";

const DECLARED = ["default", "green"];
const UNKNOWN = "no such deployment; add it to deployments or use default, green";

describe("traffic", () => {
  test.each<[unknown, readonly string[]]>([
    [{ default: 100 }, []],
    [{ default: 90, green: 10 }, []],
    [{ default: 0, green: 100 }, []],
    [{ default: 0, green: 0 }, []],
    [{}, []],
    [{ default: 90 }, ["traffic: the weights add up to 90; they must add up to 100"]],
    [{ default: 100, green: 10 }, ["traffic: the weights add up to 110; they must add up to 100"]],
    [
      { default: 66.7, green: 33.3 },
      [
        "traffic.default: must be a whole number from 0 to 100, got 66.7",
        "traffic.green: must be a whole number from 0 to 100, got 33.3",
      ],
    ],
    [
      { default: 110, green: -10 },
      [
        "traffic.default: must be a whole number from 0 to 100, got 110",
        "traffic.green: must be a whole number from 0 to 100, got -10",
      ],
    ],
    [{ default: Number.NaN }, ["traffic.default: must be a whole number from 0 to 100, got NaN"]],
    [{ default: 50, green: 33.3 }, ["traffic.green: must be a whole number from 0 to 100, got 33.3"]],
    [{ default: "100" }, ['traffic.default: must be a whole number from 0 to 100, got "100"']],
    [{ default: null }, ["traffic.default: must be a whole number from 0 to 100, got null"]],
    [{ blue: 100 }, [`traffic.blue: ${UNKNOWN}`]],
    [{ Default: 100 }, [`traffic.Default: ${UNKNOWN}`]],
    [
      { default: 90, blue: 0 },
      [`traffic.blue: ${UNKNOWN}`, "traffic: the weights add up to 90; they must add up to 100"],
    ],
    [{ blue: 101 }, [`traffic.blue: ${UNKNOWN}`, "traffic.blue: must be a whole number from 0 to 100, got 101"]],
    [[100], ["traffic: must be a map of deployment names to weights, got [100]"]],
    [100, ["traffic: must be a map of deployment names to weights, got 100"]],
    [null, ["traffic: must be a map of deployment names to weights, got null"]],
  ])("%j", (traffic, lines) => {
    expect(linesOf(checkTraffic(traffic as Weights, DECLARED))).toEqual(lines);
  });

  test("names no deployment to use when there is none", () => {
    expect(linesOf(checkTraffic({ blue: 100 }, []))).toEqual([
      "traffic.blue: no such deployment; add it to deployments",
    ]);
  });

  test("takes any name while the deployments are not known", () => {
    expect(checkTraffic({ blue: 100 }, undefined)).toEqual([]);
  });

  test("takes any whole weights that add up to 100", () => {
    fc.assert(
      fc.property(
        deploymentNames.chain((names) => fc.tuple(fc.constant(names), weightsOf(names))),
        ([names, traffic]) => {
          expect(checkTraffic(traffic, names)).toEqual([]);
        },
      ),
    );
  });

  test("refuses exactly the totals other than 0 and 100", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...DECLARED), fc.integer({ min: 0, max: 100 })), (traffic) => {
        const total = Object.values(traffic).reduce((sum, weight) => sum + weight, 0);
        expect(checkTraffic(traffic, DECLARED).length === 0).toBe(total === 0 || total === 100);
      }),
    );
  });
});

describe("mirror traffic", () => {
  const NO_LIVE = { default: 100, green: 0 };

  test.each<[unknown, Weights, readonly string[]]>([
    [{}, NO_LIVE, []],
    [{ green: 0 }, NO_LIVE, []],
    [{ green: 1 }, NO_LIVE, []],
    [{ green: 50 }, NO_LIVE, []],
    [{ green: 51 }, NO_LIVE, ["mirrorTraffic.green: must be a whole number from 0 to 50, got 51"]],
    [{ green: 2.5 }, NO_LIVE, ["mirrorTraffic.green: must be a whole number from 0 to 50, got 2.5"]],
    [{ green: -1 }, NO_LIVE, ["mirrorTraffic.green: must be a whole number from 0 to 50, got -1"]],
    [{ green: "10" }, NO_LIVE, ['mirrorTraffic.green: must be a whole number from 0 to 50, got "10"']],
    [{ blue: 10 }, NO_LIVE, [`mirrorTraffic.blue: ${UNKNOWN}`]],
    [{ green: 10, default: 0 }, NO_LIVE, []],
    [
      { default: 10, green: 20 },
      {},
      ["mirrorTraffic: 2 deployments (default, green) are named; mirror to one deployment at a time"],
    ],
    [
      { green: 10 },
      { default: 90, GREEN: 10 },
      [
        "mirrorTraffic.green: has live weight 10 too; a deployment gets live or mirrored requests, never both: " +
          "set one of them to 0",
      ],
    ],
    [[10], NO_LIVE, ["mirrorTraffic: must be a map of deployment names to weights, got [10]"]],
    [null, NO_LIVE, ["mirrorTraffic: must be a map of deployment names to weights, got null"]],
  ])("%j beside %j", (mirror, traffic, lines) => {
    expect(linesOf(checkMirrorTraffic(mirror as Weights, traffic, DECLARED))).toEqual(lines);
  });

  test("takes one idle deployment with at most 50 %", () => {
    fc.assert(
      fc.property(servingState, ({ traffic, mirrorTraffic }) => {
        expect(checkMirrorTraffic(mirrorTraffic, traffic, Object.keys(traffic))).toEqual([]);
      }),
    );
  });

  test("is judged although the traffic is no map", () => {
    expect(linesOf(checkMirrorTraffic({ green: 60 }, null as unknown as Weights, DECLARED))).toEqual([
      "mirrorTraffic.green: must be a whole number from 0 to 50, got 60",
    ]);
  });
});

test.each<[unknown, readonly string[]]>([
  [{ default: 50, "made-in-the-portal": 50 }, []],
  [{}, []],
  [{ default: 50 }, ["acceptLive: the weights add up to 50; they must add up to 100"]],
  [{ default: "50" }, ['acceptLive.default: must be a whole number from 0 to 100, got "50"']],
  [true, ["acceptLive: must be a map of deployment names to weights, got true"]],
])("live weights to accept: %j", (weights, lines) => {
  expect(linesOf(checkAcceptLive(weights as Weights))).toEqual(lines);
});
