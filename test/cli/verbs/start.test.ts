import { describe, expect, test } from "vitest";
import type { RolloutState } from "../../../cli/verbs/rolloutState";
import { freeVersion, start } from "../../../cli/verbs/start";
import type { ModelSource } from "../../../cli/verbs/modelSource";
import { ONE, stateOf, at, editsOf } from "../../support/declaredRollouts";

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
