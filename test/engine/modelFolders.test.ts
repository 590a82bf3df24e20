import { cpSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { BLUE, GREEN } from "../../driver/article";
import { MODELS } from "../support/modelFiles";
import { BOTH, Rehearsal, writesOf } from "../support/rehearsal";

const folder = mkdtempSync(join(tmpdir(), "models-"));
const [blue, green, aside] = ["blue", "green", "aside"].map((name) => join(folder, name)) as [string, string, string];
const gone = (version: string, path: string) =>
  `model.versions.${version}.path: ${JSON.stringify(path)} is not a folder; give the folder that MLflow saved the model in`;

/** The writes of a traffic step. */
const STEP = ["PUT deployments", "PUT onlineEndpoints via"];

let rehearsal: Rehearsal;

beforeAll(async () => {
  cpSync(join(MODELS, "blue"), blue, { recursive: true });
  cpSync(join(MODELS, "green"), green, { recursive: true });
  rehearsal = await Rehearsal.start();
});

afterAll(async () => {
  await rehearsal.close();
  rmSync(folder, { recursive: true });
});

function weights(first: number, second: number, more: Readonly<Record<string, string>> = {}): void {
  const modelVersions = { "1": blue, "2": green, ...more };
  rehearsal.stack.configure({ ...BOTH, modelVersions, traffic: { [BLUE]: first, [GREEN]: second } });
}

/** What an `up` says, and what it writes. */
async function up(): Promise<{ readonly text: string; readonly writes: readonly string[] }> {
  let text = "";
  const trace = await rehearsal.armTrace(async () => {
    text = await rehearsal.stack.up().then(
      (result) => result.text,
      (error: Error) => error.message,
    );
  });
  return { text, writes: writesOf(trace) };
}

test("a first start without the folder is refused before anything is written", async () => {
  const none = join(folder, "none");
  rehearsal.stack.configure({
    modelVersions: { "1": none },
    deployments: { [BLUE]: { modelVersion: "1" } },
    traffic: { [BLUE]: 100 },
  });
  const { text, writes } = await up();
  expect(text).toContain(`  - ${gone("1", none)}`);
  // The program declares its resource group itself.
  expect(writes).toEqual(["PUT subscriptions/resourceGroups"]);
});

test("with its folders a rollout begins", async () => {
  weights(50, 50);
  await up();
  expect(await rehearsal.liveTraffic()).toEqual({ [BLUE]: 50, [GREEN]: 50 });
});

test("the candidate's folder is gone: the weight goes back all the same, and nothing of the model leaves Azure", async () => {
  renameSync(green, aside);
  weights(100, 0);
  const { text, writes } = await up();
  expect(writes).toEqual(STEP);
  expect(await rehearsal.liveTraffic()).toEqual({ [BLUE]: 100, [GREEN]: 0 });
  expect(text).toContain(`${gone("2", green)}; until then version 2 stays as it is registered`);
  expect((await up()).writes).toEqual([]);
});

test("a candidate whose folder is gone gets no more weight", async () => {
  weights(90, 10);
  const { text, writes } = await up();
  expect(text).toMatch(/the traffic step is refused before its write:\n +- model/);
  expect(text).toContain(`  - ${gone("2", green)}\n`);
  expect(writes).toEqual([]);
});

test("a version that is not registered needs its folder", async () => {
  const other = join(folder, "other");
  weights(100, 0, { "3": other });
  const { text, writes } = await up();
  expect(text).toMatch(/the registration of the model is refused before its write:\n +- model/);
  expect(text).toContain(`  - ${gone("3", other)}\n`);
  expect(writes).toEqual([]);
});

test("a folder that is back is used again, and its version is the registered one", async () => {
  renameSync(aside, green);
  weights(90, 10);
  const { text, writes } = await up();
  expect(text).toContain("contract default -> xgboost-model-2: compatible");
  expect(writes).toEqual(STEP);
  expect(await rehearsal.liveTraffic()).toEqual({ [BLUE]: 90, [GREEN]: 10 });
});

test("neither a broken MLmodel nor a missing folder of the stable model stands in the way back", async () => {
  writeFileSync(join(green, "MLmodel"), "flavors: { sklearn: {} }");
  rmSync(blue, { recursive: true });
  weights(100, 0);
  const { text, writes } = await up();
  expect(writes).toEqual(STEP);
  expect(await rehearsal.liveTraffic()).toEqual({ [BLUE]: 100, [GREEN]: 0 });
  expect(text).toContain(gone("1", blue));
  expect(text).toContain("has no python_function flavor");
});
