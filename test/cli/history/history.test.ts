import { describe, expect, test } from "vitest";
import { numberedHistory } from "../../../cli/history/history";
import { historyReport, historyText } from "../../../cli/history/historyText";
import { readMessage } from "../../../cli/history/message";

/** An update as `pulumi stack history --json` prints it. */
function update(config: Readonly<Record<string, unknown>>, others: object = {}) {
  const settings = Object.entries(config).map(([key, value]) => [
    `heart:${key}`,
    { value: typeof value === "string" ? value : JSON.stringify(value), secret: false },
  ]);
  return {
    version: 0,
    kind: "update",
    startTime: "2026-11-30T09:00:00.000Z",
    message: "",
    environment: {},
    config: Object.fromEntries(settings) as object,
    result: "succeeded",
    ...others,
  };
}

const TWO = {
  deployments: { a: { modelVersion: 1 }, b: { modelVersion: "2" } },
  candidate: "b",
  candidateTraffic: "10",
};

describe("the history of a stack", () => {
  test("is numbered by its order where the backend counts nothing: the oldest is 1", () => {
    const entries = numberedHistory([update(TWO), update({}), update({})], "heart");
    expect(entries.map(({ number }) => number)).toEqual([3, 2, 1]);
  });

  test("keeps the numbers of a backend that counts", () => {
    const entries = numberedHistory([update({}, { version: 41 }), update({}, { version: 40 })], "heart");
    expect(entries.map(({ number }) => number)).toEqual([41, 40]);
  });

  test("has what config declared in the update", () => {
    const versions = { "1": "models/1", "2": { uri: "azureml://jobs/j/outputs/m" } };
    const [entry] = numberedHistory([update({ ...TWO, modelVersions: versions, mirrorTraffic: { b: 5 } })], "heart");
    expect(entry).toMatchObject({
      deployments: { a: { modelVersion: "1" }, b: { modelVersion: "2" } },
      versions: { "1": { path: "models/1" }, "2": { uri: "azureml://jobs/j/outputs/m" } },
      weights: { a: 90, b: 10 },
      mirror: { b: 5 },
      config: { candidate: "b", candidateTraffic: "10" },
    });
  });

  test.each([
    ["one deployment has everything", { deployments: { a: {} } }, {}, { a: 100 }],
    ["weights of 0 are there", { ...TWO, candidateTraffic: "0" }, {}, { a: 100, b: 0 }],
    ["the map traffic", { deployments: TWO.deployments, traffic: { a: 30, b: "70" } }, {}, { a: 30, b: 70 }],
    [
      "an update that was refused may have had anything",
      { ...TWO, candidateTraffic: "many" },
      { result: "failed" },
      {},
    ],
    ["deployments that are no map", { deployments: "[1]" }, {}, {}],
    ["nothing of the rollout", {}, {}, {}],
    ["after a destroy nothing serves", TWO, { kind: "destroy" }, {}],
    ["after one that failed it may", TWO, { kind: "destroy", result: "failed" }, { a: 90, b: 10 }],
  ])("weights: %s", (_, config, others, weights) => {
    expect(numberedHistory([update(config, others)], "heart")[0]?.weights).toEqual(weights);
  });

  test("leaves out other namespaces and what is secret", () => {
    const config = {
      "heart:takeOver": { value: "", secret: true },
      "heart:allowOutage": { value: "planned", secret: false },
      "stroke:candidate": { value: "b", secret: false },
      "azure-native:location": { value: "westeurope", secret: false },
    };
    expect(numberedHistory([update({}, { config })], "heart")[0]?.config).toEqual({ allowOutage: "planned" });
  });

  test.each([[undefined], [{}], [[]], [[1, null, "x"]]])("of %j is empty", (updates) => {
    expect(numberedHistory(updates, "heart")).toEqual([]);
  });

  test("an update that lacks everything is listed all the same", () => {
    const [, line] = historyText(numberedHistory([{}], "heart"), NOW).split("\n");
    expect(line).toMatch(/^1 +none$/);
  });
});

describe("the message of an update", () => {
  test.each([
    [
      "mlflow-rollout promote: step 2 of 4 (by ada@example.com)\nrules kept\ncontract compatible\n",
      {
        verb: "promote",
        reason: "step 2 of 4",
        who: "ada@example.com",
        verdicts: ["rules kept", "contract compatible"],
      },
    ],
    ["mlflow-rollout abort: too many errors", { verb: "abort", reason: "too many errors", verdicts: [] }],
    ["mlflow-rollout pause: (see #12) (by ada)", { verb: "pause", reason: "(see #12)", who: "ada", verdicts: [] }],
    ["Merge pull request #12 (by hand)", { reason: "Merge pull request #12 (by hand)", verdicts: [] }],
    ["mlflow-rollout", { reason: "mlflow-rollout", verdicts: [] }],
    ["", { reason: "", verdicts: [] }],
  ])("%j", (message, read) => {
    expect(readMessage(message)).toEqual(read);
  });
});

const NOW = new Date("2026-11-30T11:30:00Z");

test("the history for a person is a line an update, and a message cannot move the cursor", () => {
  const entries = numberedHistory(
    [
      update(TWO, {
        message: "mlflow-rollout promote: on\u001B[2J\u001B[31m we go\u0007 (by ada)",
        startTime: "2026-11-30T11:29:40Z",
      }),
      update({ deployments: { a: {} } }, { message: "first\nmore", kind: "refresh", result: "failed" }),
    ],
    "heart",
  );
  const lines = historyText(entries, NOW).split("\n");
  expect(lines[0]).toMatch(/^#  when +what +result +weights +who +message$/);
  expect(lines[1]).toMatch(/^2  2026-11-30 \d\d:\d\d  now +update +succeeded  a=90 b=10  ada  promote: on we go$/);
  expect(lines[2]).toMatch(/^1  2026-11-30 \d\d:\d\d  2 hours ago  refresh  failed +a=100 +first$/);
});

test("the history for machines has versions by deployment, and no settings", () => {
  const deployments = { a: { modelVersion: "1", environmentVariables: { KEY: "x" } } };
  const report = historyReport("org/heart/dev", numberedHistory([update({ deployments })], "heart"));
  expect(report).toMatchObject({
    schemaVersion: 1,
    stack: "org/heart/dev",
    updates: [{ number: 1, deployments: { a: "1" } }],
  });
  expect(JSON.stringify(report)).not.toContain("KEY");
});
