import { mkdtempSync, readFileSync, readdirSync, rmSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { CrashTestbed } from "../../prove/crash/testbed";
import { KILL_TIMEOUT_MS, broughtBack, killAndRecover, stageOf } from "../support/killedStage";
import type { KilledStage } from "../support/killedStage";
import { EXIT } from "../../cli/terminal/exitCodes";

/** The tests of this file are the first steps of a rollout, killed; its last ones are in `test/sessions`. */
let folder: string;
let testbed: CrashTestbed;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "crash-test-"));
  testbed = await CrashTestbed.open(folder, `crash-test-${process.pid}`);
});

afterAll(async () => {
  await testbed.close();
  rmSync(folder, { recursive: true, force: true });
});

const ENDPOINT = "onlineEndpoints/heart-classifier-*";

test.each<KilledStage>([
  {
    stage: "create",
    call: `PUT ${ENDPOINT}`,
    moment: "working",
    left: "creating heart-endpoint",
    said: "waiting Azure is still at work on heart-endpoint (Creating)",
  },
  {
    stage: "deploy",
    call: `PUT ${ENDPOINT}/deployments/xgboost-model-2`,
    moment: "after",
    left: "creating heart-deployment-xgboost-model-2",
    said: "  + OnlineDeployment  heart-deployment-xgboost-model-2: created in Azure (Succeeded), will be added to the state",
  },
])(
  "$stage, killed at $call ($moment): one command brings it back",
  async (killed) => {
    expect(await killAndRecover(testbed, killed)).toEqual(broughtBack(killed));
  },
  KILL_TIMEOUT_MS,
);

test("a second one finds nothing to do", async () => {
  const { code, stdout, stderr } = await testbed.recover().end;
  expect(stderr).toMatch(
    /^nothing is pending in organization\/heart-classifier\/crash-test-\d+, no lock is held, and Azure has nothing that the state lacks; a preview has no changes$/m,
  );
  expect(JSON.parse(stdout)).toMatchObject({ released: [], changes: [], exitCode: 0 });
  expect(code).toBe(0);
});

test("a state that a kill left unreadable is mended", async () => {
  const file = filesOfState().find((path) => /\/stacks\/[^/]+\/[^/]+\.json\.attrs$/.test(path)) ?? "";
  truncateSync(file);
  expect((await testbed.type("stack", "export")).stderr).toContain("failed to load checkpoint: EOF");
  const { code, stderr } = await testbed.recover().end;
  expect(stderr).toMatch(
    `mended  removed ${file}, cut off when the update was killed; the state itself is intact\nnothing is pending`,
  );
  expect(code).toBe(0);
});

test("recover while the update still runs is refused", async () => {
  testbed.configure({ config: { ...stageOf("deploy").config, deletionProtection: false } });
  expect((await testbed.type("up", "--yes", "--skip-preview")).code).toBe(0);
  await testbed.freeze();
  const command = testbed.pulumi("destroy", "--yes", "--skip-preview");
  while (testbed.locks().length === 0) await new Promise((resolve) => setImmediate(resolve));
  const { code, stderr } = await testbed.recover().end;
  expect(stderr.trim()).toBe(
    `mlflow-rollout: the stack is locked and nothing was done: the process that took it, pid ${command.child.pid ?? 0} of ${testbed.locks()[0]?.username ?? ""}, is still running. Wait for it to end, or give --force if you know that its owner is gone`,
  );
  expect(code).toBe(EXIT.conflict);
  await testbed.thaw();
  expect((await command.end).code).toBe(0);
});

test("the secret of the provider never lies in the backend in clear", () => {
  const texts = filesOfState().map((path) => readFileSync(path, "utf8"));
  expect(texts.filter((text) => text.includes("azure-native")).length).toBeGreaterThan(0);
  expect(texts.filter((text) => text.includes(testbed.azure.azure.clientSecret))).toEqual([]);
});

function filesOfState(): readonly string[] {
  const entries = readdirSync(join(folder, "state"), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
}
