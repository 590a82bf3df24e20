import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { TrialResult } from "../../cli/trial/trial";
import { clearFaults, injectFaults } from "../../driver/faults";
import { editedEndpoint } from "../../driver/editedEndpoint";
import { ENDPOINT, EXPECTED_ANSWERS, SAMPLE_REQUEST, deploymentBody } from "../../driver/heartWorkspace";
import { EmptyProject } from "../support/emptyProject";
import { LostProject } from "../support/lostProject";

/** The tests of this file are one session of a user at a terminal. */
let served: LostProject;
/** What a test may take on a machine with much else to do; alone it takes some seconds. */
const TIMEOUT_MS = 600_000;
const SAMPLE = "sample-request.json";

beforeAll(async () => {
  served = await LostProject.open({ traffic: { blue: 100, green: 0 } });
}, TIMEOUT_MS);

afterEach(() => clearFaults(served.azure));
afterAll(() => served.close());

/** Types `mlflow-rollout test`, and tells what was written to Azure meanwhile. */
async function type(...flags: readonly string[]) {
  let result = { code: 0, stdout: "", stderr: "" };
  const writes = await served.writes(async () => {
    result = await served.project.mlflowRollout("test", ...flags);
  });
  return { ...result, writes };
}

async function typeJson(...flags: readonly string[]) {
  const { stdout, ...others } = await type("--json", ...flags);
  return { ...others, result: JSON.parse(stdout) as TrialResult };
}

const modelFails = (others: object = {}) =>
  injectFaults(served.azure, {
    match: "score$",
    deployment: "green",
    effect: { modelError: { status: 500, message: "no such column" } },
    ...others,
  });

test(
  "without an endpoint it says what makes one",
  async () => {
    const project = await EmptyProject.open(served.azure.azure.env);
    const { code, stdout, stderr } = await project.mlflowRollout("test");
    project.close();
    expect({ code, stdout, stderr }).toEqual({
      code: 1,
      stdout: "",
      stderr: 'mlflow-rollout: stack organization/heart/dev has no endpoint yet; "pulumi up" creates it\n',
    });
  },
  TIMEOUT_MS,
);

test(
  "without a sample it says where one is looked for",
  async () => {
    const { code, stderr } = await type();
    expect(stderr).toMatch(/^mlflow-rollout: there is no sample request: give one with --data <file>, or put it into /);
    expect(code).toBe(2);
  },
  TIMEOUT_MS,
);

test(
  "both deployments answer, the candidate by its header alone, and nothing is written",
  async () => {
    served.project.write(SAMPLE, SAMPLE_REQUEST);
    const { code, stdout, stderr, writes } = await type("--requests", "3");
    const answers = [EXPECTED_ANSWERS.blue, EXPECTED_ANSWERS.green].map((answer) => `[${answer.join(", ")}]`);
    const [titles, shown, latency, ...rest] = stdout.split("\n");
    expect(titles).toMatch(/^ {13}blue \(stable\) +green \(candidate\)$/);
    expect(shown?.split(/ {2,}/)).toEqual(["answer", ...answers]);
    expect(latency).toMatch(/^latency p50 {2}\d+(\.\d)? ms +\d+(\.\d)? ms$/);
    expect(rest).toEqual(["answers differ", `3 requests each, from ${SAMPLE}`, ""]);
    expect({ code, stderr, writes }).toEqual({ code: 0, stderr: "", writes: [] });
    expect(await served.azure.liveTraffic()).toEqual({ blue: 100, green: 0 });
  },
  TIMEOUT_MS,
);

test(
  "a recorded set of requests is compared, in a slice too, and nothing is written",
  async () => {
    const { input_data: input } = JSON.parse(SAMPLE_REQUEST) as {
      input_data: { columns: string[]; data: unknown[][] };
    };
    const lines = input.data.map((row) => JSON.stringify({ input_data: { ...input, index: [0], data: [row] } }));
    served.project.write("requests.jsonl", `${lines.join("\n")}\n\n`);
    let output = { code: 0, stdout: "", stderr: "" };
    const flags = ["--data", "requests.jsonl", "--slice", "thal", "--save", "worst.jsonl"];
    const writes = await served.writes(async () => {
      output = await served.project.mlflowRollout("compare", ...flags, "--max-percent", "49");
    });
    expect({ ...output, writes }).toEqual({
      code: 1,
      stdout: `\
green beside blue, 4 requests from requests.jsonl
2 of 4 predictions differ, 50 %, more than 49 %

THAL        PREDICTIONS  DIFFER  SHARE
reversible            2       1   50 %
fixed                 1       0    0 %
normal                1       1  100 %

the worst are in worst.jsonl
`,
      stderr: "",
      writes: [],
    });
    const saved = served.project.read("worst.jsonl").trim().split("\n");
    expect(saved.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      {
        line: 2,
        row: 0,
        slice: "normal",
        stable: 0,
        candidate: 1,
        distance: 1,
        request: JSON.parse(lines[1] ?? "") as object,
      },
      { line: 4, row: 0, slice: "reversible", stable: 1, candidate: 0 },
    ]);
    const json = await served.project.mlflowRollout("compare", "--data", "requests.jsonl", "--json");
    expect(JSON.parse(json.stdout)).toMatchObject({
      all: { failed: 2, total: 4 },
      deployment: "green",
      stable: "blue",
      exitCode: 0,
    });
    const broken = await served.project.mlflowRollout("compare", "--data", "none.jsonl");
    expect(broken).toEqual({
      code: 2,
      stdout: "",
      stderr: "mlflow-rollout: --data: none.jsonl cannot be read: there is no such file\n",
    });
  },
  TIMEOUT_MS,
);

test(
  "a sample that is not JSON, or not there, or for a deployment that is not there, is a mistake of the command line",
  async () => {
    served.project.write("broken.json", '{"input_data": ');
    for (const [flags, said] of [
      [["--data", "broken.json"], /^mlflow-rollout: --data broken\.json is not JSON: .*; give what callers send\n$/],
      [["--data", "none.json"], /^mlflow-rollout: --data none\.json cannot be read: ENOENT/],
      [["--deployment", "red"], /: endpoint heart-classifier has no deployment "red"; it has blue, green\n$/],
      [
        ["--requests", "0"],
        /'--requests <number>' argument '0' is invalid; it must be a whole number from 1 to 1000\n$/,
      ],
    ] as const) {
      const { code, stderr, writes } = await type(...flags);
      expect(stderr).toMatch(said);
      expect({ code, writes }).toEqual({ code: 2, writes: [] });
    }
  },
  TIMEOUT_MS,
);

test(
  "a model that fails is told of, even when it fails only now and then",
  async () => {
    await modelFails();
    const failing = await type("--requests", "2");
    expect(failing.stdout).toMatch(/^answer {7}\[.*\] +none$/m);
    expect(failing.stdout).toMatch(/^failed {7}0 of 2 +2 of 2$/m);
    expect(failing.stdout).toContain("\ngreen: 424, the model answers 500: no such column\n");
    expect(failing.code).toBe(7);
    await clearFaults(served.azure);
    await modelFails({ after: 1, times: 1 });
    const { code, result } = await typeJson("--requests", "3");
    expect(result.tried).toMatchObject({ requests: 3, failed: 1, answer: EXPECTED_ANSWERS.green });
    expect([code, result.exitCode, result.isEqual]).toEqual([7, 7, false]);
  },
  TIMEOUT_MS,
);

test(
  "a deployment that has failed does not answer",
  async () => {
    const red = `${ENDPOINT}/deployments/red`;
    const error = { code: "ResourceNotReady", message: "the container crashed" };
    await injectFaults(served.azure, { match: "^PUT .*/deployments/red$", times: 1, effect: { lro: error } });
    await served.azure.operate("PUT", red, deploymentBody(served.azure, "2"));
    const unclear = await type();
    expect(unclear.stderr).toMatch(/it is not clear which deployment is the candidate; .*: blue, green, red\n$/);
    expect(unclear.code).toBe(2);
    const { code, result, writes } = await typeJson("--deployment", "red");
    expect(result.tried).toMatchObject({ deployment: "red", role: "other", state: "Failed", failed: 5 });
    expect(result.stable).toMatchObject({ deployment: "blue", failed: 0 });
    expect({ code, writes }).toEqual({ code: 7, writes: [] });
    await served.azure.operate("DELETE", red);
  },
  TIMEOUT_MS,
);

test.each(["AMLToken", "AADToken"])(
  "an endpoint that takes an %s gets one",
  async (authMode) => {
    const { body } = await served.azure.arm("GET", ENDPOINT);
    const edited = editedEndpoint(body, { properties: { authMode } });
    await served.azure.operate("PUT", ENDPOINT, edited);
    const { code, result, writes } = await typeJson("--requests", "1");
    expect([result.tried.failed, result.stable?.failed]).toEqual([0, 0]);
    expect({ code, writes }).toEqual({ code: 0, writes: [] });
  },
  TIMEOUT_MS,
);

test(
  "a key that may not be read is named with its permission",
  async () => {
    const { body } = await served.azure.arm("GET", ENDPOINT);
    const edited = editedEndpoint(body, { properties: { authMode: "Key" } });
    await served.azure.operate("PUT", ENDPOINT, edited);
    const refusal = { error: { code: "AuthorizationFailed", message: "no" } };
    await injectFaults(served.azure, { match: "^POST .*/listKeys$", effect: { http: { status: 403, body: refusal } } });
    const { code, stderr } = await type();
    expect(stderr).toBe(
      "mlflow-rollout: cannot get the key of endpoint heart-classifier: Azure answers 403 AuthorizationFailed; " +
        "it needs the permission Microsoft.MachineLearningServices/workspaces/onlineEndpoints/listKeys/action\n",
    );
    expect(code).toBe(1);
  },
  TIMEOUT_MS,
);
