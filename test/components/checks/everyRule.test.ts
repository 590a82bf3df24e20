import { fc } from "@fast-check/vitest";
import * as pulumi from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";
import type { ProgressiveMlflowEndpointArgs } from "../../../components/args";
import { checkArgs } from "../../../components/checks/checkArgs";
import { FILES, VALID, problemsWith } from "../../support/checkedArgs";
import { linesOf } from "../../support/linesOf";

test("every broken rule is named at once, in the order of the arguments", () => {
  const lines = problemsWith(
    {
      resourceGroupName: "",
      location: 5,
      workspace: { existingName: "mlw", name: "x" },
      model: { name: "heart!", versions: { latest: { path: "models/red" } } },
      deployments: { x: { modelVersion: "3", instanceCount: 0 }, green: { modelVersion: "latest" } },
      traffic: { x: 33.3, ghost: -1 },
      mirrorTraffic: { ghost: 60 },
      endpointName: "-",
      authMode: "none",
      publicNetworkAccess: "off",
      policy: { maxIncrease: 0 },
      acceptLive: { x: 1 },
      acceptLiveSettings: { ghost: ["model"] },
      tags: { team: 5 },
      mirror: 1,
    },
    "now",
  );
  expect(lines.map((line) => line.slice(0, line.indexOf(": ")))).toEqual([
    "mirror",
    "resourceGroupName",
    "location",
    "workspace.name",
    "workspace",
    "model.name",
    "model.versions.latest",
    "model.versions.latest.path",
    "deployments.x",
    "deployments.x.modelVersion",
    "deployments.x.instanceCount",
    "traffic.x",
    "traffic.ghost",
    "traffic.ghost",
    "mirrorTraffic.ghost",
    "mirrorTraffic.ghost",
    "endpointName",
    "authMode",
    "publicNetworkAccess",
    "policy.maxIncrease",
    "acceptLive",
    "acceptLiveSettings.ghost",
    "acceptLiveSettings.ghost",
    "tags.team",
    "MLFLOW_ROLLOUT_NOW",
  ]);
});

describe("arguments that are none", () => {
  test.each<[unknown, string]>([
    [undefined, "undefined"],
    [null, "null"],
    ["heart", '"heart"'],
    [[], "[]"],
  ])("%j", (args, got) => {
    expect(linesOf(checkArgs(args as ProgressiveMlflowEndpointArgs, FILES))).toEqual([
      `args: must have resourceGroupName, model and deployments, got ${got}`,
    ]);
  });

  test("missing ones are named each", () => {
    expect(linesOf(checkArgs({} as ProgressiveMlflowEndpointArgs, FILES))).toEqual([
      "resourceGroupName: is missing; name the resource group for what is created",
      "model: is missing; give the model's name and at least one version",
      'deployments: has no deployment; add one such as default: { modelVersion: "1" }',
    ]);
  });
});

const KEYS = [
  "resourceGroupName",
  "location",
  "workspace",
  "model",
  "deployments",
  "traffic",
  "mirrorTraffic",
  "endpointName",
  "authMode",
  "compute",
  "publicNetworkAccess",
  "policy",
  "acceptLive",
  "acceptLiveSettings",
  "tags",
] as const;

/** Maps with keys that mean something here, so the inner rules are reached as well. */
const inner = fc.constantFrom("name", "versions", "1", "path", "uri", "id", "default", "modelVersion", "existingName");
const anything = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom(undefined, Number.NaN, 5n, pulumi.output("a"), Promise.resolve("a"), () => 1, Symbol("a")),
    fc.dictionary(inner, tie("value"), { maxKeys: 4 }),
  ),
})).value;

describe("whatever an argument is", () => {
  test("it is judged, never thrown at", () => {
    fc.assert(
      fc.property(fc.constantFrom(...KEYS), anything, (key, value) => {
        expect(Array.isArray(checkArgs({ ...VALID, [key]: value }, FILES))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test("all of them at once too", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...KEYS), anything), (args) => {
        expect(Array.isArray(checkArgs(args as unknown as ProgressiveMlflowEndpointArgs, FILES))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test.each(KEYS.flatMap((key) => [null, true, 5, [], [1], ""].map((value): [string, unknown] => [key, value])))(
    "%s given as %j is a broken rule",
    (key, value) => {
      expect(problemsWith({ [key]: value })).not.toEqual([]);
    },
  );
});
