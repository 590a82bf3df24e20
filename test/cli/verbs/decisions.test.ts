import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { abort } from "../../../cli/verbs/abort";
import { finish } from "../../../cli/verbs/finish";
import { pause, resume } from "../../../cli/verbs/pause";
import { promote } from "../../../cli/verbs/promote";
import { EXIT } from "../../../cli/terminal/exitCodes";
import { ONE, two, mapped, stateOf, at, editsOf } from "../../support/declaredRollouts";

describe("promote", () => {
  test.each([
    [0, 10, "model-2 0 -> 10 (step 1 of 4)"],
    [10, 25, "model-2 10 -> 25 (step 2 of 4)"],
    [30, 50, "model-2 30 -> 50 (step 3 of 4)"],
    [50, 100, "model-2 50 -> 100 (step 4 of 4)"],
  ])("from %i to %i", (from, to, text) => {
    const move = promote(at(from), false);
    expect(move).toMatchObject({
      text,
      isWeightsOnly: true,
      leaves: { traffic: { "model-1": 100 - to, "model-2": to } },
    });
    expect(editsOf(move)).toEqual({ candidateTraffic: to });
  });

  test("all at once", () => {
    expect(promote(at(10), true).leaves.traffic).toEqual({ "model-1": 0, "model-2": 100 });
  });

  test("no further than the program allows, which is named", () => {
    const inputs = { policy: { maxIncrease: 5 } };
    const state = stateOf(two(10), { traffic: { "model-1": 90, "model-2": 10 }, inputs });
    expect(promote(state, false).text).toBe("model-2 10 -> 15 (between steps 1 and 2 of 4 (15 is not in the plan))");
  });

  test("the plan of config, with copies of requests first", () => {
    const plan = "  heart:rollout: { steps: [20, 100], mirror: { percent: 30 } }\n";
    const mirrored = promote(at(0, plan), false);
    expect(mirrored.leaves).toEqual({ traffic: { "model-1": 100, "model-2": 0 }, mirrorTraffic: { "model-2": 30 } });
    expect(editsOf(mirrored)).toEqual({ "mirrorTraffic.model-2": 30 });
    const copied = at(0, `${plan}  heart:mirrorTraffic: { model-2: 30 }\n`, { "model-2": 30 });
    expect(editsOf(promote(copied, false))).toEqual({ mirrorTraffic: undefined, candidateTraffic: 20 });
  });

  test.each([
    ["nothing is being rolled out", () => stateOf(ONE, { traffic: { "model-1": 100 } }), EXIT.refused],
    ["model-2 has all of the traffic", () => at(100), EXIT.refused],
    ["the rollout is paused: freeze", () => at(10, "  heart:rollout: { paused: freeze }\n"), EXIT.waiting],
    [
      "declares model-1 90, model-2 10, the last update left model-1 100, model-2 0",
      () => stateOf(two(10), { traffic: { "model-1": 100, "model-2": 0 } }),
      EXIT.refused,
    ],
  ])("is refused: %s", (message, state, exitCode) => {
    expect(() => promote(state(), false)).toThrow(
      expect.objectContaining({ message: expect.stringContaining(message) as string, exitCode }),
    );
  });

  property.prop([fc.integer({ min: 0, max: 99 }), fc.uniqueArray(fc.integer({ min: 1, max: 99 }), { maxLength: 6 })])(
    "always rises, and to a weight of the plan",
    (weight, steps) => {
      const plan = [...steps.toSorted((a, b) => a - b), 100];
      const move = promote(at(weight, `  heart:rollout: { steps: [${plan.join(", ")}] }\n`), false);
      const to = move.leaves.traffic["model-2"] ?? 0;
      expect(to).toBeGreaterThan(weight);
      expect(plan).toContain(to);
    },
  );
});

describe("abort", () => {
  test("gives everything back, whatever config says and is not applied", () => {
    const state = stateOf(two(50), { traffic: { "model-1": 90, "model-2": 10 } });
    expect(abort(state)).toMatchObject({ leaves: { traffic: { "model-1": 100, "model-2": 0 } } });
    expect(editsOf(abort(at(100)))).toEqual({ candidateTraffic: 0 });
  });

  test("ends copies of requests too", () => {
    expect(editsOf(abort(at(0, "  heart:mirrorTraffic: { model-2: 30 }\n", { "model-2": 30 })))).toEqual({
      mirrorTraffic: undefined,
      candidateTraffic: 0,
    });
  });

  test("has nothing to do at 0", () => {
    expect(abort(at(0))).toBeUndefined();
  });

  test("at 0/100 by the map, the stable deployment is the one that the last step recorded", () => {
    const weights = { "model-1": 0, "model-2": 100 };
    expect(editsOf(abort(stateOf(mapped(weights), { traffic: weights, stable: "model-1" })))).toEqual({
      "traffic.model-1": 100,
      "traffic.model-2": 0,
    });
  });
});

describe("finish", () => {
  test("after 100 % the old one leaves, after an abort the candidate", () => {
    const ended = { candidate: undefined, candidateTraffic: undefined };
    expect(editsOf(finish(at(100)))).toEqual({ "deployments.model-1": undefined, ...ended });
    expect(editsOf(finish(at(0)))).toEqual({ "deployments.model-2": undefined, ...ended });
  });

  test("by the map, the weight of the old one leaves too", () => {
    const weights = { "model-1": 0, "model-2": 100 };
    expect(editsOf(finish(stateOf(mapped(weights), { traffic: weights })))).toEqual({
      "deployments.model-1": undefined,
      "traffic.model-1": undefined,
    });
  });

  test("a pause ends with its rollout", () => {
    expect(editsOf(finish(at(100, "  heart:rollout: { paused: freeze }\n")))).toHaveProperty(["rollout.paused"]);
  });

  test.each([
    ["model-1 has 90, model-2 has 10", () => at(10)],
    ["model-1 is the only deployment", () => stateOf(ONE, { traffic: { "model-1": 100 } })],
    ["model-2 gets copies", () => at(0, "  heart:mirrorTraffic: { model-2: 30 }\n", { "model-2": 30 })],
  ])("is refused: %s", (message, state) => {
    expect(() => finish(state())).toThrow(message);
  });
});

describe("pause and resume", () => {
  test("edit the plan and move nothing", () => {
    const move = pause(at(10), "release freeze");
    expect(editsOf(move)).toEqual({ "rollout.paused": "release freeze" });
    expect(move.leaves.traffic).toEqual({ "model-1": 90, "model-2": 10 });
    expect(editsOf(resume(at(10, "  heart:rollout: { paused: freeze }\n")))).toEqual({ "rollout.paused": undefined });
    expect(resume(at(10))).toBeUndefined();
  });

  test("a plan of the program is not overwritten", () => {
    const state = stateOf(two(10), {
      traffic: { "model-1": 90, "model-2": 10 },
      inputs: { rollout: { steps: [50, 100] } },
    });
    expect(() => pause(state, "freeze")).toThrow("set in the program");
  });
});

describe("after an update that failed", () => {
  const failed = stateOf(two(10), { traffic: { "model-1": 90, "model-2": 10 }, hasFailed: true });

  test("what the last traffic step wrote is what is applied", () => {
    expect(failed.applied).toEqual({ traffic: { "model-1": 90, "model-2": 10 }, mirrorTraffic: {} });
    expect(promote(failed, false).text).toBe("model-2 10 -> 25 (step 2 of 4)");
  });

  test("versions that it registered are known", () => {
    expect(failed.knownVersions).toEqual(["1", "2", "5"]);
  });
});

describe("what the program sets", () => {
  test.each([
    ["deployments", "config: {}\n", { deployments: { a: {} } }, ["deployments", "traffic"]],
    [
      "traffic",
      'config:\n  heart:deployments: { a: { modelVersion: "1" }, b: { modelVersion: "2" } }\n',
      { traffic: { a: 90, b: 10 } },
      ["traffic"],
    ],
  ])("%s", (_, text, inputs, expected) => {
    expect(stateOf(text, { traffic: { a: 100 }, inputs }).inProgram).toEqual(expected);
  });
});
