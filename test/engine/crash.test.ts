import { mkdtempSync, readFileSync, readdirSync, rmSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Callers } from "../../prove/crash/callers";
import { foreignWeights } from "../../prove/crash/case";
import { leftovers } from "../../prove/crash/compare";
import type { Moment } from "../../prove/crash/point";
import { crashAndRetry } from "../../prove/crash/run";
import { CRASH_STAGES } from "../../prove/crash/stages";
import { CrashWorld } from "../../prove/crash/world";
import { valueAt } from "../support/azureClient";

/** The tests of this file are the first steps of a rollout, killed; `npm run prove` kills a whole one at every call. */
let folder: string;
let world: CrashWorld;

/** What a kill and its retry may take on a machine with much else to do. */
const TIMEOUT_MS = 240_000;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "crash-test-"));
  world = await CrashWorld.open(folder, `crash-test-${process.pid}`);
});

afterAll(async () => {
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

const ENDPOINT = "onlineEndpoints/heart-classifier-*";

test.each<[stage: string, call: string, moment: Moment, left: string, said: string]>([
  [
    "create",
    `PUT ${ENDPOINT}`,
    "working",
    "creating heart-endpoint",
    "waiting Azure is still at work on heart-endpoint (Creating)",
  ],
  [
    "10 %",
    `PUT ${ENDPOINT}/deployments/xgboost-model-2`,
    "after",
    "creating heart-deployment-xgboost-model-2",
    "  + OnlineDeployment  heart-deployment-xgboost-model-2: created in Azure (Succeeded), joins the state",
  ],
])(
  "%s, killed at %s (%s): one retry brings it back",
  async (name, call, moment, left, said) => {
    const found = CRASH_STAGES.find((stage) => stage.name === name);
    if (found === undefined) throw new Error(`there is no stage ${name}`);
    const before = (valueAt(await world.endpoint(), "properties.traffic") ?? {}) as Record<string, number>;
    const since = (await world.azure.trace("kind=arm")).at(-1)?.seq ?? 0;
    const callers = new Callers(world);
    const run = await crashAndRetry(world, found, { call, moment });
    const { lost, requests } = await callers.stop();

    expect(run.failure).toBe("");
    expect(run.left).toContain(left);
    expect(run.said).toContain(said);
    expect(leftovers(world.state())).toEqual([]);
    expect(valueAt(await world.endpoint(), "properties.traffic")).toEqual(found.after);
    expect(await deploymentStates()).toEqual(
      Object.fromEntries(Object.keys(found.after).map((key) => [key, "Succeeded"])),
    );
    expect(foreignWeights(await world.azure.trace(`kind=arm&since=${since}`), { ...found, before })).toEqual([]);
    expect(lost).toBe(0);
    expect(requests).toBeGreaterThan(0);
  },
  TIMEOUT_MS,
);

test("a second retry finds nothing to do", async () => {
  const { code, stdout, stderr } = await world.retry().end;
  expect(stderr).toMatch(
    /^nothing is pending in organization\/heart-classifier\/crash-test-\d+ and no lock is held; nothing was done$/m,
  );
  expect(JSON.parse(stdout)).toMatchObject({ released: [], changes: [], exitCode: 0 });
  expect(code).toBe(0);
});

test("a state that a kill left unreadable is mended", async () => {
  const file = filesOfState().find((path) => /\/stacks\/[^/]+\/[^/]+\.json\.attrs$/.test(path)) ?? "";
  truncateSync(file);
  expect((await world.pulumi("stack", "export").end).stderr).toContain("failed to load checkpoint: EOF");
  const { code, stderr } = await world.retry().end;
  expect(stderr).toMatch(`mended  removed ${file}, which the kill had cut off; the state is whole\nnothing is pending`);
  expect(code).toBe(0);
});

test("a retry while the update still runs is refused", async () => {
  await world.freeze();
  const command = world.pulumi("destroy", "--yes", "--skip-preview");
  while (world.locks().length === 0) await new Promise((resolve) => setImmediate(resolve));
  const { code, stderr } = await world.retry().end;
  expect(stderr.trim()).toBe(
    `mlflow-rollout: the stack is locked and nothing was done: the process that took it, pid ${command.child.pid ?? 0} of ${world.locks()[0]?.username ?? ""}, is still running. Wait for it; if you know that it is gone, give --force`,
  );
  expect(code).toBe(1);
  await world.thaw();
  expect((await command.end).code).toBe(0);
});

test("the secret of the provider never lies in the backend in clear", () => {
  const texts = filesOfState().map((path) => readFileSync(path, "utf8"));
  expect(texts.filter((text) => text.includes("azure-native")).length).toBeGreaterThan(0);
  expect(texts.filter((text) => text.includes(world.azure.azure.clientSecret))).toEqual([]);
});

async function deploymentStates(): Promise<Record<string, unknown>> {
  const deployments = (await world.resources()).filter(({ type }) =>
    String(type).endsWith("/onlineEndpoints/deployments"),
  );
  return Object.fromEntries(
    deployments.map((deployment) => [String(deployment["name"]), valueAt(deployment, "properties.provisioningState")]),
  );
}

function filesOfState(): readonly string[] {
  const entries = readdirSync(join(folder, "state"), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
}
