import { describe, expect, test } from "vitest";
import { readFaults } from "../../../cli/rehearsal/fault";
import { openingOf } from "../../../cli/rehearsal/opening";
import { abortStageFor, scriptFor } from "../../../cli/rehearsal/prepared";
import { openedRollout } from "../../support/openedRollout";
import { temporaryFolder } from "../../support/temporaryFolder";

const ALONE = `config:
  heart:modelVersions: { "1": models/1 }
  heart:deployments: { model-1: { modelVersion: "1" } }
  heart:rollout: { steps: [10, 100], bakeMinutes: 30, mirror: { percent: 20, minutes: 45 } }
`;
const PROGRAM = "/project";

function played(text: string, faults: readonly string[] = [], inputs: Readonly<Record<string, unknown>> = {}) {
  const rollout = openedRollout(text, { traffic: { "model-1": 100 }, inputs });
  return scriptFor(rollout, { programFolder: PROGRAM, model: "/models/2" }, readFaults(faults).faults);
}

describe("the script of a rehearsal", () => {
  test("is what start and promote would do, one after the other", () => {
    const { cast, component, stages } = played(ALONE);
    expect({ cast, component }).toEqual({ cast: { stable: "model-1", candidate: "model-2" }, component: "heart" });
    expect(stages.map(({ title, minutes, leaves }) => [title, minutes, leaves])).toEqual([
      ["start", 1, { traffic: { "model-1": 100, "model-2": 0 }, mirrorTraffic: {} }],
      ["mirror", 45, { traffic: { "model-1": 100, "model-2": 0 }, mirrorTraffic: { "model-2": 20 } }],
      ["step 1 of 2", 30, { traffic: { "model-1": 90, "model-2": 10 }, mirrorTraffic: {} }],
      ["step 2 of 2", 30, { traffic: { "model-1": 0, "model-2": 100 }, mirrorTraffic: {} }],
    ]);
    expect(stages[0]?.edits).toContainEqual({ path: ["modelVersions", "2"], value: "/models/2" });
  });

  test("begins with the candidate that config declares", () => {
    const declared = `config:
  heart:modelVersions: { "1": models/1, "7": models/7 }
  heart:deployments: { model-1: { modelVersion: "1" } }
`;
    const values = {
      deployments: { "model-1": { modelVersion: "1" }, green: { modelVersion: "7" } },
      weightsFrom: "candidate" as const,
    };
    const opening = openingOf(values, "green", false);
    const rollout = openedRollout(declared, { traffic: { "model-1": 100 } });
    const { cast, stages } = scriptFor(rollout, { programFolder: PROGRAM, ...(opening && { declared: opening }) }, []);
    expect(cast).toEqual({ stable: "model-1", candidate: "green" });
    expect(stages.map(({ title, weight }) => [title, weight])).toEqual([
      ["start", 0],
      ["step 1 of 4", 10],
      ["step 2 of 4", 25],
      ["step 3 of 4", 50],
      ["step 4 of 4", 100],
    ]);
  });

  test("waits as long as the policy says, where the plan says nothing, and takes no larger steps", () => {
    const text = ALONE.replace(/.*rollout.*\n/, "");
    const { stages } = played(text, [], { policy: { bakeMinutes: 15, maxIncrease: 30 } });
    expect(stages.map(({ weight, minutes }) => [weight, minutes])).toEqual([
      [0, 1],
      [10, 15],
      [25, 15],
      [50, 15],
      [80, 15],
      [100, 15],
    ]);
  });

  test("refuses faults that begin after its last step, all at once", () => {
    const faults = ["candidate: 5 % errors from step 3", "stable: 5 ms from step 4"];
    expect(() => played(ALONE, faults)).toThrow(
      "the rehearsal cannot go on:\n" +
        '  - --fault "candidate: 5 % errors from step 3": the rollout has 2 steps, got step 3; name one from 1 to 2\n' +
        '  - --fault "stable: 5 ms from step 4": the rollout has 2 steps, got step 4; name one from 1 to 2',
    );
  });

  test("refuses a program that sets the weights itself, and names the line", () => {
    const deployments = { "model-1": { modelVersion: "1" }, "model-2": { modelVersion: "2" } };
    const inputs = { deployments, traffic: { "model-1": 100 } };
    const rollout = openedRollout("config: {}\n", { traffic: { "model-1": 100 }, inputs });
    const programFolder = temporaryFolder({ "index.ts": "const args = {\n  traffic: { a: 100 },\n};\n" });
    expect(() => scriptFor(rollout, { programFolder }, [])).toThrow(
      "deployments and traffic of heart are set in the program, and a rehearsal moves what stack config declares; " +
        "let the program take them from config with readRollout():\n  index.ts:2: traffic: { a: 100 },",
    );
  });

  test("refuses a program without a rollout", () => {
    const { component: _, ...rollout } = openedRollout(ALONE, { traffic: {} });
    expect(() => scriptFor({ ...rollout, component: undefined }, { programFolder: PROGRAM }, [])).toThrow(
      "the program declares no ProgressiveMlflowEndpoint, and without one there is no rollout",
    );
  });
});

describe("the abort of a rehearsal", () => {
  const text = (weight: number) => `config:
  heart:modelVersions: { "1": models/1, "2": models/2 }
  heart:deployments: { model-1: { modelVersion: "1" }, model-2: { modelVersion: "2" } }
  heart:candidate: model-2
  heart:candidateTraffic: ${weight}
`;

  test("gives all of the traffic back", () => {
    const rollout = openedRollout(text(25), { traffic: { "model-1": 75, "model-2": 25 } });
    expect(abortStageFor(rollout, 3)).toMatchObject({
      kind: "abort",
      step: 3,
      edits: [{ path: ["candidateTraffic"], value: 0 }],
      leaves: { traffic: { "model-1": 100, "model-2": 0 }, mirrorTraffic: {} },
    });
  });

  test("has nothing to do while the candidate has no weight", () => {
    const rollout = openedRollout(text(0), { traffic: { "model-1": 100, "model-2": 0 } });
    expect(abortStageFor(rollout, 1)).toBeUndefined();
  });
});
