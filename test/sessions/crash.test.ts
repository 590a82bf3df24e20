import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { CrashTestbed } from "../../prove/crash/testbed";
import { KILL_TIMEOUT_MS, broughtBack, killAndRecover, stageOf } from "../support/killedStage";
import type { KilledStage } from "../support/killedStage";

/** The tests of this file are the last steps of a rollout, killed; `npm run prove crashes` kills a whole one at every call. */
let folder: string;
let testbed: CrashTestbed;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "crash-test-"));
  testbed = await CrashTestbed.open(folder, `crash-session-${process.pid}`);
  for (const stage of ["create", "deploy", "10 %"].map(stageOf)) {
    testbed.configure(stage);
    const { code, stdout } = await testbed.type(stage.command, "--yes", "--skip-preview");
    expect(code === 0 ? "" : stdout).toBe("");
  }
}, KILL_TIMEOUT_MS);

afterAll(async () => {
  await testbed.close();
  rmSync(folder, { recursive: true, force: true });
});

test.each<KilledStage>([
  {
    stage: "100 %",
    call: "PUT deployments/mlw-*.heart-classifier-*-traffic",
    moment: "working",
    left: "updating heart-traffic",
    said: "waiting Azure is still at work on heart-traffic (Running)",
  },
  {
    stage: "retire",
    call: "DELETE onlineEndpoints/heart-classifier-*/deployments/default",
    moment: "working",
    left: "deleting heart-deployment-default",
    said: "waiting Azure is still at work on heart-deployment-default (Deleting)",
  },
])(
  "$stage, killed at $call ($moment): one command brings it back",
  async (killed) => {
    expect(await killAndRecover(testbed, killed)).toEqual(broughtBack(killed));
  },
  KILL_TIMEOUT_MS,
);
