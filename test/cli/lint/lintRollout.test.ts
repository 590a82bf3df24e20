import { describe, expect, test } from "vitest";
import { lintRollout } from "../../../cli/lint/lintRollout";

const MLMODEL = "flavors:\n  python_function:\n    loader_module: mlflow.onnx\n";

const TEXTS: Readonly<Record<string, string>> = { "one.json": "[1]", "set.jsonl": "[1]\n[2]", "bad.jsonl": "[1]\n[" };

/** What lint says of config, as `severity path: reason`. */
function lintOf(config: Readonly<Record<string, unknown>>, ownKeys: readonly string[] = []): readonly string[] {
  const texts = Object.entries(config).map(([key, value]) => [
    key,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  const files = {
    isFolder: (path: string) => /^(\.\.\/)?models\/[123]$/.test(path),
    isFile: (path: string) => /models\/[12]\/MLmodel$/.test(path),
    readText: (path: string) => TEXTS[path] ?? (/models\/[12]\/MLmodel$/.test(path) ? MLMODEL : undefined),
  };
  const found = lintRollout({
    config: Object.fromEntries(texts) as Record<string, string>,
    ownKeys,
    files,
    isOutside: (path) => path.startsWith("../"),
  });
  return found.map(({ severity, path, reason }) => `${severity} ${path}: ${reason}`);
}

const ONE = { modelVersions: { "1": "models/1" }, deployments: { old: { modelVersion: "1" } } };
const TWO = {
  modelVersions: { "1": "models/1", "2": "models/2" },
  deployments: { old: { modelVersion: "1" }, new: { modelVersion: 2 } },
};

describe("lint has nothing to say of", () => {
  test.each([
    ["one deployment", ONE],
    ["a rollout under way", { ...TWO, candidate: "new", candidateTraffic: "10" }],
    ["the map traffic", { ...TWO, traffic: { old: 90, new: "10" } }],
    ["versions that the program declares", { deployments: ONE.deployments }],
    [
      "a deployment in a cluster",
      {
        ...ONE,
        deployments: {
          old: { modelVersion: "1", containerResourceRequirements: { containerResourceRequests: { cpu: "1" } } },
        },
      },
    ],
    [
      "a deployment on Azure's machines",
      { ...ONE, deployments: { old: { modelVersion: "1", instanceType: "Standard_DS3_v2" } } },
    ],
    [
      "the defaults of a project",
      { ...ONE, traffic: {}, candidate: "", candidateTraffic: "0", deletionProtection: "true" },
    ],
    ["keys of the program", { ...ONE, resourceGroup: "rg", authMode: "Key" }],
    ["an archived version", { ...ONE, modelVersions: { "1": "models/1", "2": { path: "models/2", archived: true } } }],
  ])("%s", (_, config) => {
    expect(lintOf(config)).toEqual([]);
  });
});

describe("lint finds", () => {
  test.each([
    ["a misspelt key", { ...ONE, candidat: "a" }, /^error candidat: no such key; did you mean candidate\?/],
    ["an entry of a map as a key", { ...ONE, "deployments.b": "{}" }, /^error deployments\.b: is one key of that name/],
    ["what is no map", { ...ONE, deployments: "[1]" }, /^error deployments: must be a map such as/],
    [
      "a bad weight",
      { ...TWO, candidate: "new", candidateTraffic: "101" },
      /^error candidateTraffic: must be a whole number/,
    ],
    [
      "weights that add up to 110",
      { ...TWO, traffic: { old: 90, new: 20 } },
      /^error traffic: the weights add up to 110/,
    ],
    ["a weight of nobody", { ...TWO, traffic: { old: 90, other: 10 } }, /^error traffic\.other: /],
    [
      "a version that is not declared",
      { ...ONE, deployments: { old: { modelVersion: "7" } } },
      /^error deployments\.old\.modelVersion: /,
    ],
    [
      "a misspelt setting",
      { ...ONE, deployments: { old: { modelVersion: "1", instanceCont: 2 } } },
      /^error deployments\.old\.instanceCont: no such setting; did you mean instanceCount\?/,
    ],
    [
      "a folder that is none",
      { ...ONE, modelVersions: { "1": "models/9" } },
      /^error modelVersions\.1: "models\/9" is not a folder/,
    ],
    [
      "a folder without MLmodel",
      { ...ONE, modelVersions: { "1": "models/3" } },
      /^error modelVersions\.1: "models\/3" has no file MLmodel/,
    ],
    [
      "a folder outside the project",
      { ...ONE, modelVersions: { "1": "../models/1" } },
      /^note modelVersions\.1: "\.\.\/models\/1" is outside the project/,
    ],
    [
      "a version that nobody runs",
      { ...ONE, modelVersions: { "1": "models/1", "2": "models/2" } },
      /^note modelVersions\.2: no deployment runs it/,
    ],
    ["weights that nobody gives", TWO, /^warning traffic: is missing; with 2 deployments say what each gets/],
    [
      "the rest of a finished rollout",
      { ...ONE, candidate: "old", candidateTraffic: "100" },
      /^warning candidate: is left of a finished rollout/,
    ],
    ["protection that is off", { ...ONE, deletionProtection: "false" }, /^warning deletionProtection: is false/],
    ["what is for one step", { ...ONE, acceptLive: { old: 100 } }, /^warning acceptLive: is for one step/],
    ["no deployment", {}, /^error deployments: has no deployment/],
  ])("%s", (_, config, finding) => {
    const [first, ...others] = lintOf(config);
    expect(first).toMatch(finding);
    expect(others.filter((line) => !line.startsWith("note "))).toEqual([]);
  });

  test("everything at once, errors first and each once", () => {
    const found = lintOf({
      modelVersions: { "1": "models/9", "2": "models/9", "3": "../models/1" },
      deployments: { old: { modelVersion: "1", instanceCount: 0 }, new: { modelVersion: "4" } },
      traffic: { old: 50, new: 60 },
      candidatTraffic: "10",
    });
    expect(found.map((line) => line.split(": ")[0])).toEqual([
      "error candidatTraffic",
      "error deployments.old.instanceCount",
      "error deployments.new.modelVersion",
      "error traffic",
      "error modelVersions.1",
      "warning modelVersions.2",
      "note modelVersions.2",
      "note modelVersions.3",
      "note modelVersions.3",
    ]);
  });

  test("nothing about a key that the program reads itself, when it is told so", () => {
    expect(lintOf({ ...ONE, candidat: "a" }, ["candidat"])).toEqual([]);
  });
});

test("files that gates need and cannot use", () => {
  const gates = {
    fine: { request: { data: "one.json" } },
    set: { compare: { data: "set.jsonl" } },
    monitor: { latency: { maxMilliseconds: 5 } },
    missing: { request: {} },
    probes: { latency: { maxMilliseconds: 5, probes: 10, data: "set.jsonl" } },
    bad: { compare: { data: "bad.jsonl" } },
    none: { request: {}, http: {} },
  };
  expect(lintOf({ ...ONE, rollout: { gates } })).toEqual([
    "error rollout.gates.none: needs exactly one of request, errors, latency, http, command, compare, got request and http",
    "error rollout.gates.none.http.url: is missing; give the address that is asked",
    'warning rollout.gates.missing: there is no file "sample-request.json"; without it the gate is inconclusive',
    'warning rollout.gates.probes: "set.jsonl" is not JSON; until then the gate is inconclusive',
    'warning rollout.gates.bad: "bad.jsonl": line 2 is not JSON; write one request on each line; until then the gate is inconclusive',
  ]);
});
