import { fc } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { readConfig } from "../../support/configText";
import type { StackConfig } from "../../support/configText";

const ONE = { default: { modelVersion: "1" } };
const TWO = { ...ONE, green: { modelVersion: "2" } };
const THREE = { ...TWO, blue: { modelVersion: "3" } };

describe("with two deployments one number gives both weights", () => {
  test.each<[StackConfig, object | undefined]>([
    [
      { candidate: "green", candidateTraffic: 10 },
      { default: 90, green: 10 },
    ],
    [
      { candidate: "green", candidateTraffic: "10" },
      { default: 90, green: 10 },
    ],
    [
      { candidate: "default", candidateTraffic: 10 },
      { default: 10, green: 90 },
    ],
    [
      { candidate: "green", candidateTraffic: 0 },
      { default: 100, green: 0 },
    ],
    [{ candidate: "green" }, { default: 100, green: 0 }],
    [
      { candidate: "green", candidateTraffic: "" },
      { default: 100, green: 0 },
    ],
    [{ candidate: "", candidateTraffic: 0 }, undefined],
    [{ candidateTraffic: "" }, undefined],
    [{}, undefined],
    [
      { traffic: {}, candidate: "green", candidateTraffic: 10 },
      { default: 90, green: 10 },
    ],
    [{ deployments: { green: TWO.green }, candidate: "green", candidateTraffic: 100 }, { green: 100 }],
  ])("%j: %j", (config, traffic) => {
    const { values, lines } = readConfig({ deployments: TWO, ...config });
    expect(values.traffic).toEqual(traffic);
    expect(lines).toEqual([]);
  });

  test("the weights always add up to 100", () => {
    fc.assert(
      fc.property(fc.constantFrom("default", "green"), fc.integer({ min: 0, max: 100 }), (candidate, weight) => {
        const { traffic = {} } = readConfig({ deployments: TWO, candidate, candidateTraffic: weight }).values;
        const other = candidate === "green" ? "default" : "green";
        expect(traffic).toEqual({ [candidate]: weight, [other]: 100 - weight });
      }),
    );
  });
});

describe("a candidate that says nothing clear is refused", () => {
  const FOR_TWO = "candidate and candidateTraffic are for two";

  test.each<[StackConfig, readonly string[]]>([
    [
      { deployments: TWO, candidateTraffic: 10 },
      ["candidate: is missing; name the deployment that candidateTraffic is for"],
    ],
    [
      { deployments: TWO, candidate: "Green", candidateTraffic: 10 },
      ['candidate: "Green" is not a deployment; use default or green'],
    ],
    ...[101, -1, 33.3, "ten"].map((weight): [StackConfig, readonly string[]] => [
      { deployments: TWO, candidate: "green", candidateTraffic: weight },
      [`candidateTraffic: must be a whole number from 0 to 100, got ${JSON.stringify(weight)}`],
    ]),
    [
      { deployments: ONE, candidate: "default", candidateTraffic: 90 },
      [`candidate: there is 1 deployment; ${FOR_TWO}: declare the second one, or remove these two settings`],
    ],
    [
      { candidate: "green", candidateTraffic: 10 },
      [`candidate: there are 0 deployments; ${FOR_TWO}: declare the second one, or remove these two settings`],
    ],
    [
      { deployments: THREE, candidate: "green", candidateTraffic: 10 },
      [`candidate: there are 3 deployments; ${FOR_TWO}: use the map traffic instead`],
    ],
    [
      { deployments: THREE, candidate: "green", candidateTraffic: 101 },
      [
        "candidateTraffic: must be a whole number from 0 to 100, got 101",
        `candidate: there are 3 deployments; ${FOR_TWO}: use the map traffic instead`,
      ],
    ],
    [
      { deployments: "none", candidate: "green", candidateTraffic: 10 },
      ['deployments: must be a map such as {"default": {"modelVersion": "1"}}, got "none"'],
    ],
  ])("%j", (config, lines) => {
    expect(readConfig(config)).toMatchObject({ lines });
    expect(readConfig(config).values.traffic).toBeUndefined();
  });
});

describe("beside the map of weights", () => {
  const traffic = { default: 100, green: 0 };

  test.each<[string, StackConfig]>([
    ["candidate", { candidate: "green", candidateTraffic: 10 }],
    ["candidate", { candidate: "green" }],
    ["candidateTraffic", { candidateTraffic: 10 }],
  ])("a %s is refused, so that neither is ignored: %j", (other, config) => {
    expect(readConfig({ deployments: TWO, traffic, ...config }).lines).toEqual([
      `traffic: both traffic and ${other} are set; remove one of them`,
    ]);
  });

  test("a candidate that is not set is ignored", () => {
    const { values, lines } = readConfig({ deployments: TWO, traffic, candidate: "", candidateTraffic: 0 });
    expect([values.traffic, lines]).toEqual([traffic, []]);
  });
});
