import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ResourceGroup } from "@pulumi/azure-native/resources/resourceGroup";
import { ProgressiveMlflowEndpoint, readRollout } from "azure-mlflow-rollout";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { BLUE, GREEN } from "../../driver/article";
import { clearFaults, injectFaults } from "../../driver/faults";
import { EXAMPLE, MODELS } from "../../driver/paths";
import { Scoring } from "../../driver/scoring";
import { textAt, valueAt } from "../support/localAzure";
import { Rehearsal, writesOf } from "../support/rehearsal";

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

/** The tests of this file are one rollout: each goes on where the one before ended. Both deployments run one model. */
let rehearsal: Rehearsal;
let folder: string;

/** Virtual seconds in one real second: fast for writes, slow enough that minutes of requests stay in a window. */
const [FAST, SLOW] = [100_000, 200];
const REQUESTS = 200;

const program = async () => {
  const { versions: _, ...rollout } = readRollout();
  const { name: resourceGroupName } = new ResourceGroup("heart-classifier");
  const model = { name: "heart-classifier", versions: { "1": { path: join(MODELS, "blue") } } };
  const policy = { maxInitialWeight: 10 };
  const heart = new ProgressiveMlflowEndpoint("heart", {
    ...rollout,
    resourceGroupName,
    model,
    policy,
    authMode: "Key",
  });
  return Promise.resolve({ traffic: heart.traffic });
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "gates-"));
  const rows = Array.from({ length: REQUESTS }, (_, row) => [
    40 + (row % 30),
    row % 2,
    1,
    145,
    233,
    1,
    2,
    150,
    0,
    2.3,
    3,
    0,
    "fixed",
  ]);
  const columns = "age sex cp trestbps chol fbs restecg thalach exang oldpeak slope ca thal".split(" ");
  const lines = rows.map((row) => JSON.stringify({ input_data: { columns, data: [row] } }));
  writeFileSync(join(folder, "requests.jsonl"), `${lines.join("\n")}\n`);
  rehearsal = await Rehearsal.start({}, program);
});

afterEach(() => clearFaults(rehearsal.azure));

afterAll(async () => {
  rmSync(folder, { recursive: true });
  await rehearsal.close();
});

function configure(candidateTraffic: number, gates: object, more: object = {}): void {
  rehearsal.stack.configure({
    deployments: { [BLUE]: { modelVersion: "1" }, [GREEN]: { modelVersion: "1" } },
    traffic: { [BLUE]: 100 - candidateTraffic, [GREEN]: candidateTraffic },
    rollout: { steps: [10, 50, 100], gates },
    ...more,
  });
}

/** What an operation says, all on one line, and what it writes and asks. */
async function run(operation: "preview" | "up") {
  let text = "";
  const before = (await rehearsal.azure.trace()).at(-1)?.seq ?? 0;
  await rehearsal.stack[operation]().then(
    (result) => ({ text } = result),
    (error: Error) => ({ message: text } = error),
  );
  const trace = await rehearsal.azure.trace(`since=${before}`);
  const scored = trace.filter(({ path }) => path.endsWith("/score")).length;
  const measured = trace.filter(({ path }) => path.includes("Microsoft.Insights/metrics")).length;
  return { text: text.replaceAll(/\s+/g, " "), writes: writesOf(trace), scored, measured };
}

const SMOKE = { request: { data: join(EXAMPLE, "sample-request.json"), predictions: 4 } };
const compare = (maxPercent: number) => ({
  compare: { data: join(folder, "requests.jsonl"), maxPercent, slice: "sex" },
});
const wrongAnswers = (times: number) =>
  injectFaults(rehearsal.azure, { match: "score$", deployment: GREEN, times, effect: { wrongAnswer: true } });

/** The last evidence, as the state of the stack has it. */
async function evidence(): Promise<unknown> {
  const component = (await rehearsal.stack.resources()).find(({ type }) => type.startsWith("azure-mlflow-rollout:"));
  return valueAt(component, "outputs.rollout.gates");
}

/** Requests to each deployment, whole minutes after the last write. */
async function load(requests: number): Promise<void> {
  await rehearsal.azure.advance(120);
  const scoring = await Scoring.of(rehearsal.azure, textAt((await rehearsal.resources("/onlineEndpoints"))[0], "id"));
  for (const name of [BLUE, GREEN])
    for (let sent = 0; sent < requests; sent += 1)
      await scoring.score({ headers: { "azureml-model-deployment": name } });
  await rehearsal.azure.advance(60);
}

test("a first deployment is asked nothing", async () => {
  configure(0, { smoke: SMOKE });
  const { text, scored } = await run("up");
  expect(text).not.toContain("gate ");
  expect(scored).toBe(0);
  expect(await rehearsal.liveTraffic()).toEqual({ [BLUE]: 100, [GREEN]: 0 });
  expect(await evidence()).toBeUndefined();
});

test("two scorers that disagree on 3 % of a set: the rate is exact, and a gate at 2 % blocks before live traffic", async () => {
  configure(10, { answers: compare(2) });
  for (const operation of ["preview", "up"] as const) {
    await wrongAnswers(0.03 * REQUESTS);
    const { text, writes } = await run(operation);
    await clearFaults(rehearsal.azure);
    expect(writes).toEqual([]);
    expect(text).toContain(
      `rollout.gates.answers: fail: ${GREEN}: 6 of 200 predictions differ, 3 %, more than 2 %; sex=0 3 % of 100; sex=1 3 % of 100; the worst are in `,
    );
  }
  expect(await rehearsal.liveTraffic()).toEqual({ [BLUE]: 100, [GREEN]: 0 });
});

test("what differs most is saved", async () => {
  const file = join(folder, "worst.jsonl");
  configure(10, { answers: { compare: { ...compare(2).compare, saveWorst: file } } });
  await wrongAnswers(6);
  expect((await run("preview")).text).toContain(`the worst are in ${file}`);
  const lines = readFileSync(file, "utf8").trim().split("\n");
  expect(lines).toHaveLength(6);
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({ row: 0, distance: 1, request: { input_data: {} } });
});

test("gates that cannot be asked, or fail in a dry run, are told, and the evidence is kept", async () => {
  configure(10, {
    smoke: SMOKE,
    answers: { ...compare(2), dryRun: true },
    errors: { errors: { maxPercent: 1 } },
    check: {
      command: {
        run: [
          "node",
          "-p",
          "process.env.MLFLOW_ROLLOUT_CANDIDATE + ' ' + Object.keys(process.env).filter((name) => /PULUMI|ARM_|AZURE|TOKEN|KEY/.test(name))",
        ],
      },
    },
  });
  await wrongAnswers(2 * REQUESTS);
  const { text, writes, measured, scored } = await run("up");
  expect(scored).toBe(2 * REQUESTS + 1);
  expect(text).toContain(`gate answers fail (dry run): ${GREEN}: 200 of 200 predictions differ, 100 %`);
  expect(text).toContain(
    `gate errors not asked: ${GREEN}: it has had no requests yet, live or mirrored (Azure Monitor)`,
  );
  expect(text).toContain(`gate check pass: ${GREEN}: ends with 0: ${GREEN} (command node -p`);
  expect(measured).toBe(0);
  expect(writes).toEqual(["PUT deployments", "PUT onlineEndpoints via"]);
  // Stack config keeps maps in the order of their keys.
  expect(await evidence()).toMatchObject([
    { gate: "answers", kind: "compare", verdict: "fail", dryRun: true, samples: 200 },
    { gate: "check", kind: "command", verdict: "pass" },
    { gate: "errors", kind: "errors", verdict: "not asked" },
    {
      gate: "smoke",
      kind: "request",
      candidate: GREEN,
      verdict: "pass",
      dryRun: false,
      source: `a request by its header, ${SMOKE.request.data}`,
    },
  ]);
});

const ERRORS = { errors: { errors: { maxPercent: 1, maxAboveStable: 1, minSamples: 50 } } };

test("no data is inconclusive, and refuses", async () => {
  await rehearsal.azure.clock({ speed: SLOW });
  configure(50, ERRORS);
  const { text, writes } = await run("up");
  expect(writes).toEqual([]);
  expect(text).toContain(
    `rollout.gates.errors: inconclusive: ${GREEN}: no requests are known yet, 50 requests are needed (`,
  );
  expect(text).toContain('Azure Monitor); nothing was decided: try again later with "pulumi up"');
});

test("requests that fail, fail the gate", async () => {
  await injectFaults(rehearsal.azure, {
    match: "score$",
    deployment: GREEN,
    rate: 0.5,
    effect: { modelError: { status: 500, message: "no" } },
  });
  await load(60);
  configure(50, { ...ERRORS, slow: { latency: { maxMilliseconds: 60_000, minSamples: 50 } } });
  const { text, writes } = await run("preview");
  expect(writes).toEqual([]);
  expect(text).toMatch(/gate slow pass: xgboost-model-2: p95 [\d.]+ ms of 60 requests, at most 60000 ms/);
  expect(text).toMatch(
    /rollout\.gates\.errors: fail: xgboost-model-2: \d+(\.\d)? % of 60 requests failed, more than 1 %, more than 1 point above the stable deployment's 0 % of 60/,
  );
});

test("a step that may give more bad answers than the error budget allows is refused", async () => {
  await load(20);
  configure(50, {}, { rollout: { maxBadRequests: 1 } });
  const { text, writes } = await run("up");
  expect(writes).toEqual([]);
  expect(text).toMatch(
    /traffic\.xgboost-model-2: may give \d+ bad answers until its weight can be given back, more than rollout\.maxBadRequests of 1: if \d+(\.\d+)? % of the answers of xgboost-model-2 are bad for 5 min at \d+ requests a minute/,
  );
});

test("the way back is asked nothing, whatever the gates say", async () => {
  await injectFaults(rehearsal.azure, {
    match: "score$",
    deployment: GREEN,
    effect: { modelError: { status: 500, message: "no" } },
  });
  await rehearsal.azure.clock({ speed: FAST });
  configure(0, { smoke: SMOKE, ...ERRORS, answers: compare(0), never: { command: { run: ["false"] } } });
  const { text, scored, measured, writes } = await run("up");
  expect([scored, measured]).toEqual([0, 0]);
  expect(text).not.toContain("gate ");
  expect(writes).toEqual(["PUT deployments", "PUT onlineEndpoints via"]);
  expect(await rehearsal.liveTraffic()).toEqual({ [BLUE]: 100, [GREEN]: 0 });
});

test("a candidate that only the update creates is asked about by the update", async () => {
  configure(
    10,
    { smoke: SMOKE, errors: { errors: { maxPercent: 1 } } },
    {
      deployments: { [BLUE]: { modelVersion: "1" }, [GREEN]: { modelVersion: "1" }, third: { modelVersion: "1" } },
      traffic: { [BLUE]: 90, [GREEN]: 0, third: 10 },
    },
  );
  const { text, scored } = await run("preview");
  expect(text).toContain("gate errors not asked: third: it has had no requests yet, live or mirrored (Azure Monitor)");
  expect(text).toContain(
    "gate smoke not asked: third: it does not exist yet; the update asks (a request by its header",
  );
  expect(scored).toBe(0);
});
