import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { abort } from "../../../cli/verbs/abort";
import { finish } from "../../../cli/verbs/finish";
import type { Move } from "../../../cli/verbs/move";
import { pause, resume } from "../../../cli/verbs/pause";
import { promote } from "../../../cli/verbs/promote";
import { rolloutStateOf } from "../../../cli/verbs/rolloutState";
import type { RolloutState } from "../../../cli/verbs/rolloutState";
import { freeVersion, start } from "../../../cli/verbs/start";
import type { ModelSource } from "../../../cli/verbs/modelSource";
import { EXIT } from "../../../cli/terminal/exitCodes";
import { openedRollout } from "../../support/openedRollout";
import type { Weights } from "../../../components/rollout/weights";

const ONE = `config:
  heart:modelVersions: { "1": models/1 }
  heart:deployments: { model-1: { modelVersion: "1", instanceCount: 2 } }
`;

/** Two deployments by `candidate`, as a rollout has them. */
function two(weight: number, more = ""): string {
  return `config:
  heart:modelVersions: { "1": models/1, "2": models/2 }
  heart:deployments: { model-1: { modelVersion: "1" }, model-2: { modelVersion: "2" } }
  heart:candidate: model-2
  heart:candidateTraffic: ${weight}
${more}`;
}

/** The same by the map `traffic`. */
function mapped(traffic: Weights): string {
  return `config:
  heart:modelVersions: { "1": models/1, "2": models/2 }
  heart:deployments: { model-1: { modelVersion: "1" }, model-2: { modelVersion: "2" } }
  heart:traffic: ${JSON.stringify(traffic)}
`;
}

function stateOf(text: string, applied: Parameters<typeof openedRollout>[1]): RolloutState {
  const state = rolloutStateOf(openedRollout(text, applied));
  if (state === undefined) throw new Error("no state");
  return state;
}

const at = (weight: number, more = "", mirror: Weights = {}): RolloutState =>
  stateOf(two(weight, more), { traffic: { "model-1": 100 - weight, "model-2": weight }, mirror });

function editsOf(move: Move | undefined): Record<string, unknown> {
  return Object.fromEntries((move?.edits ?? []).map(({ path, value }) => [path.join("."), value]));
}

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

describe("start", () => {
  const request = (source: ModelSource, more = {}) => ({
    source,
    deployment: undefined,
    fullPath: (path: string) => path.replace(/^\.\//, ""),
    ...more,
  });
  const folder = (path: string): ModelSource => ({ kind: "path", path });
  const serving = (): RolloutState => stateOf(ONE, { traffic: { "model-1": 100 } });

  test("the next version, named after it, with the settings of the stable one", () => {
    const move = start(serving(), request(folder("models/2")));
    expect(move).toMatchObject({
      text: "version 2 in model-2, with weight 0",
      leaves: { traffic: { "model-1": 100, "model-2": 0 } },
    });
    expect(editsOf(move)).toEqual({
      "modelVersions.2": "models/2",
      "deployments.model-2": { instanceCount: 2, modelVersion: "2" },
      candidate: "model-2",
      candidateTraffic: 0,
    });
  });

  test("a folder that is declared keeps its version while nothing runs it", () => {
    const text = ONE.replace('"1": models/1', '"1": models/1, "4": models/4');
    const state = stateOf(text, { traffic: { "model-1": 100 } });
    expect(start(state, request(folder("./models/4"))).text).toBe("version 4 in model-4, with weight 0");
  });

  test("a registered version keeps its number, a uri gets one", () => {
    expect(editsOf(start(serving(), request({ kind: "id", id: "azureml:heart:7" })))).toMatchObject({
      "modelVersions.7": { id: "azureml:heart:7" },
    });
    expect(editsOf(start(serving(), request({ kind: "uri", uri: "runs:/a/model" })))).toMatchObject({
      "modelVersions.2": { uri: "runs:/a/model" },
    });
  });

  test("a folder trained anew in place: the version that runs is taken from the registry", () => {
    const move = start(serving(), request(folder("models/1")));
    expect(editsOf(move)).toMatchObject({
      "modelVersions.1": { id: "azureml:heart:1" },
      "modelVersions.2": "models/1",
    });
  });

  test.each([
    ["a rollout is under way: model-2 has 10", () => at(10), {}],
    ["is not a valid name", serving, { deployment: "2" }],
    ["there is a deployment MODEL-1", serving, { deployment: "MODEL-1" }],
  ])("is refused: %s", (message, state, more) => {
    expect(() => start(state(), request(folder("models/2"), more))).toThrow(message);
  });

  test("a registered version that runs already needs a name of its own, that of another model a number of its own", () => {
    const running: ModelSource = { kind: "id", id: "azureml:heart:1" };
    expect(() => start(serving(), request(running))).toThrow("there is a deployment model-1; name another one");
    expect(editsOf(start(serving(), request(running, { deployment: "again" })))).toEqual({
      "deployments.again": { instanceCount: 2, modelVersion: "1" },
      ...{ candidate: "again", candidateTraffic: 0 },
    });
    const other: ModelSource = { kind: "id", id: "azureml:kidney:1" };
    expect(editsOf(start(serving(), request(other)))).toMatchObject({ "modelVersions.2": { id: "azureml:kidney:1" } });
  });

  test("the free version that a preview names", () => {
    const refusal =
      "model.versions.2: its content is not what is registered; registered versions never change, declare the new content as version 5 or later";
    expect([freeVersion([refusal]), freeVersion(["something else"])]).toEqual([5, undefined]);
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
