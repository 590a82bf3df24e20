import { describe, expect, test } from "vitest";
import { parseRollout } from "../../../components/config/rolloutValues";
import { planOf } from "../../../components/settings/plan";
import { openingOf } from "../../../cli/rehearsal/opening";
import { abortStage, scriptOf } from "../../../cli/rehearsal/script";

const CAST = { stable: "a", candidate: "b" };

function move(weight: number, mirrored = 0) {
  return {
    edits: [{ path: ["candidateTraffic"] as const, value: weight }],
    leaves: { traffic: { a: 100 - weight, b: weight }, mirrorTraffic: mirrored === 0 ? {} : { b: mirrored } },
  };
}

describe("the script of a rehearsal", () => {
  test("has the candidate's deployment, the mirror stage and each step, and how long each lasts", () => {
    const plan = planOf({ steps: [10, 100], mirror: { percent: 20, minutes: 45 } });
    const stages = scriptOf([move(0), move(0, 20), move(10), move(100)], CAST, plan, 30);
    expect(
      stages.map(({ kind, step, title, weight, mirrored, minutes }) => [kind, step, title, weight, mirrored, minutes]),
    ).toEqual([
      ["start", 0, "start", 0, 0, 1],
      ["mirror", 0, "mirror", 0, 20, 45],
      ["step", 1, "step 1 of 2", 10, 0, 30],
      ["step", 2, "step 2 of 2", 100, 0, 30],
    ]);
  });

  test("a stage lasts a minute at least, since Azure Monitor counts by the minute", () => {
    expect(scriptOf([move(10)], CAST, planOf(), 0).map(({ minutes }) => minutes)).toEqual([1]);
  });

  test("an abort gives everything back", () => {
    expect(abortStage(move(0), 2)).toMatchObject({
      kind: "abort",
      step: 2,
      weight: 0,
      mirrored: 0,
      leaves: move(0).leaves,
    });
  });
});

describe("what a rehearsal begins with", () => {
  const read = (config: Record<string, string>) => parseRollout((key) => config[key]).values;
  const two = '{"a": {"modelVersion": "1"}, "b": {"modelVersion": "2", "instanceCount": 2}}';
  const cleared = [{ path: ["mirrorTraffic"] }, { path: ["rollout", "paused"] }];

  test("the candidate that config names is taken out, and put back with weight 0", () => {
    const config = { deployments: two, candidate: "b", candidateTraffic: "25" };
    expect(openingOf(read(config), "b", false)).toEqual({
      stable: "a",
      candidate: "b",
      alone: [{ path: ["deployments", "b"] }, { path: ["candidate"] }, { path: ["candidateTraffic"] }, ...cleared],
      start: [
        { path: ["deployments", "b"], value: { modelVersion: "2", instanceCount: 2 } },
        { path: ["candidate"], value: "b" },
        { path: ["candidateTraffic"], value: 0 },
      ],
    });
  });

  test("with a map of weights the one with most of them is stable", () => {
    expect(openingOf(read({ deployments: two, traffic: '{"a": 30, "b": 70}' }), undefined, false)).toEqual({
      stable: "b",
      candidate: "a",
      alone: [
        { path: ["deployments", "a"] },
        { path: ["traffic", "a"] },
        { path: ["traffic", "b"], value: 100 },
        ...cleared,
      ],
      start: [
        { path: ["deployments", "a"], value: { modelVersion: "1" } },
        { path: ["traffic", "b"], value: 100 },
        { path: ["traffic", "a"], value: 0 },
      ],
    });
  });

  test("a model becomes the candidate where config has none", () => {
    expect(openingOf(read({ deployments: '{"a": {"modelVersion": "1"}}' }), undefined, true)).toBeUndefined();
  });

  test.each([
    [
      { deployments: '{"a": {"modelVersion": "1"}}' },
      false,
      "there is nothing to roll out: stack config declares no candidate; give its model with --model <folder>",
    ],
    [
      { deployments: two, candidate: "b", candidateTraffic: "0" },
      true,
      "stack config declares the candidate b already; leave out --model",
    ],
    [
      {
        deployments: '{"a": {"modelVersion": "1"}, "b": {"modelVersion": "1"}, "c": {"modelVersion": "1"}}',
        traffic: '{"a": 100}',
      },
      false,
      "stack config declares a, b, c, and which one is the candidate is not clear; rehearse a stack with two",
    ],
  ])("%j with a model: %s", (config, hasModel, message) => {
    const values: Record<string, string> = config;
    expect(() => openingOf(read(values), values["candidate"], hasModel)).toThrow(message);
  });
});
