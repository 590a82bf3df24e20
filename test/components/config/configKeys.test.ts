import { fc } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { checkConfigKeys } from "../../../components/config/configKeys";
import { linesOf } from "../../support/linesOf";

const KNOWN = [
  ...["modelVersions", "deployments", "candidate", "candidateTraffic", "traffic", "mirrorTraffic", "rollout"],
  ...["acceptLive", "allowOutage", "deletionProtection", "takeOver"],
];

function ownKey(key: string): string {
  return `If the program reads it itself, say so: readRollout(config, ["${key}"])`;
}

test("the keys of a rollout are known", () => {
  expect(checkConfigKeys(KNOWN)).toEqual([]);
});

test.each([
  ["canditateTraffic", "candidateTraffic"],
  ["candidatetraffic", "candidateTraffic"],
  ["candidat", "candidate"],
  ["candidates", "candidate"],
  ["trafficX", "traffic"],
  ["Traffic", "traffic"],
  ["mirorTrafic", "mirrorTraffic"],
  ["deployment", "deployments"],
  ["modelVersion", "modelVersions"],
  ["acceptlive", "acceptLive"],
  ["allowOutages", "allowOutage"],
  ["deletionProtecton", "deletionProtection"],
  ["takeover", "takeOver"],
  ["rollouts", "rollout"],
])("%s is taken for %s", (key, meant) => {
  expect(linesOf(checkConfigKeys(["traffic", key]))).toEqual([
    `${key}: no such key; did you mean ${meant}? ${ownKey(key)}`,
  ]);
});

test.each([
  "model",
  "versions",
  "instanceCount",
  "location",
  "trafficManagerName",
  "mirror",
  "live",
  "take",
  "t",
  "",
  "constructor",
  "__proto__",
])("%s may be the program's own", (key) => {
  expect(checkConfigKeys([key])).toEqual([]);
});

test("a key that the program reads itself may look like one of these", () => {
  expect(checkConfigKeys(["deployment", "trafficX"], ["trafficX", "deployment"])).toEqual([]);
});

describe("a place in a map, given as one key", () => {
  test.each([
    ["traffic.green", "traffic", "traffic.green"],
    ["deployments.green.modelVersion", "deployments", "deployments.green.modelVersion"],
    ['modelVersions["2"]', "modelVersions", `'modelVersions["2"]'`],
  ])("%s is refused", (key, map, typed) => {
    expect(linesOf(checkConfigKeys([key]))).toEqual([
      `${key}: is one key of that name, not a place in ${map}; remove it with pulumi config rm ${typed} and set it with ` +
        "pulumi config set --path, or pulumi up --config-path -c",
    ]);
  });

  test.each(["candidate.name", "alerts.email", "constructor.name"])("%s is none", (key) => {
    expect(checkConfigKeys([key])).toEqual([]);
  });
});

test("any slip of one letter in a known key is seen", () => {
  const slip = fc.tuple(fc.constantFrom(...KNOWN), fc.nat(), fc.constantFrom("", "x", "qq")).map(([key, at, put]) => {
    const place = at % key.length;
    return key.slice(0, place) + put + key.slice(place + 1);
  });
  fc.assert(
    fc.property(slip, (key) => {
      fc.pre(!KNOWN.includes(key));
      expect(checkConfigKeys([key])).toHaveLength(1);
    }),
  );
});
