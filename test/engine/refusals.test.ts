import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BLUE, GREEN } from "../../driver/article";
import { shownOutput } from "../support/readme";
import { BOTH, Rehearsal, writesOf } from "../support/rehearsal";

let rehearsal: Rehearsal;

beforeAll(async () => {
  rehearsal = await Rehearsal.start();
  rehearsal.stack.configure({ ...BOTH, traffic: { [BLUE]: 90, [GREEN]: 10 } });
  await rehearsal.stack.up();
});

afterAll(() => rehearsal.close());

/** The text of a preview that is refused, without a write. */
async function refusal(config: Readonly<Record<string, unknown>>): Promise<string> {
  rehearsal.stack.configure(config);
  let text = "";
  const trace = await rehearsal.armTrace(async () => {
    await rehearsal.stack.preview().catch((error: Error) => (text = error.message));
  });
  expect(writesOf(trace)).toEqual([]);
  return text;
}

describe("bad config is refused in the preview, without a write", () => {
  test.each<[string, Readonly<Record<string, unknown>>, readonly string[]]>([
    [
      "what the README shows",
      {
        modelVersions: BOTH.modelVersions,
        deployments: { "model-1": { modelVersion: "1" }, "model-2": { modelVersion: "2", instanceCount: 0 } },
        traffic: { "model-1": 90, "model-2": 20 },
      },
      shownOutput("refusal"),
    ],
    [
      "everything at once",
      {
        modelVersions: { latest: "models/blue", "2": "models/none" },
        deployments: { x: { modelVersion: "3" }, [GREEN]: { modelVersion: "2", instanceCount: 0 } },
        traffic: { x: 33.3, ghost: -1 },
      },
      [
        '  - model.versions.latest: "latest" is not a model version; use a whole number from 1 such as "2", labels like "latest" are not versions',
        '  - model.versions.2.path: "models/none" is not a folder; give the folder that MLflow saved the model in',
        '  - deployments.x: "x" is not a valid name; use 3 to 32 letters, digits and dashes, a letter first and no dash last',
        "  - deployments.xgboost-model-2.instanceCount: must be a whole number from 1 to 50, got 0",
        "  - traffic.x: must be a whole number from 0 to 100, got 33.3",
        "  - traffic.ghost: no such deployment; add it to deployments or use x, xgboost-model-2",
        "  - traffic.ghost: must be a whole number from 0 to 100, got -1",
      ],
    ],
    [
      "a model of a deployment that serves",
      {
        ...BOTH,
        deployments: { ...BOTH.deployments, [GREEN]: { modelVersion: "1" } },
        traffic: { [BLUE]: 90, [GREEN]: 10 },
      },
      ["it has 10 % of the live traffic; add a deployment, shift the traffic to it and remove this one"],
    ],
  ])("%s", async (_, config, lines) => {
    const text = await refusal(config);
    for (const line of lines) expect(text).toContain(line);
    expect(text).not.toMatch(/\n\s+at .*:\d+:\d+/);
  });
});

test("the stack goes on as if nothing had happened", async () => {
  rehearsal.stack.configure({ ...BOTH, traffic: { [BLUE]: 90, [GREEN]: 10 } });
  const { changes } = await rehearsal.stack.up();
  expect(Object.keys(changes)).toEqual(["same"]);
});
