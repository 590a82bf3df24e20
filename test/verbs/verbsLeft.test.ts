import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { EXIT } from "../../cli/terminal/exitCodes";
import { TIMEOUT_MS, VerbSession } from "../support/verbSession";

vi.setConfig({ testTimeout: TIMEOUT_MS, hookTimeout: TIMEOUT_MS });

/** A rollout whose verbs are killed, and what the next command makes of what they left. */
let session: VerbSession;

beforeAll(async () => {
  session = await VerbSession.open();
  await session.up();
  await session.project.must("mlflow-rollout start models/2 --yes");
});

afterAll(() => session.close());

/** Edits stack config, as a verb has when it is killed before its update begins. */
function declareWeight(weight: number): void {
  const text = session.fileText() ?? "";
  session.project.write("Pulumi.dev.yaml", text.replace(/candidateTraffic: "?\d+"?/, `candidateTraffic: ${weight}`));
}

test("a verb that was killed before its update began has left config: Pulumi puts it back, or recover goes on with it", async () => {
  const weight = Number(session.config()["candidateTraffic"]);
  declareWeight(50);
  await session.project.must("pulumi config refresh --stack dev");
  expect(Number(session.config()["candidateTraffic"])).toBe(weight);
  declareWeight(50);
  const { code, stdout } = await session.project.type("mlflow-rollout recover --yes --skip-preview");
  expect(stdout).toContain("no update has applied yet what the program and stack config declare:\n");
  expect(stdout).toContain("  update  Deployment  heart-traffic\n");
  expect(code).toBe(EXIT.done);
  expect(await session.azure.liveTraffic()).toEqual({ "model-1": 50, "model-2": 50 });
});

test("a verb is killed in its update: everybody says that it goes on, and recover finds nothing to do once it has ended", async () => {
  await session.azure.clock({ freeze: true });
  const { pid, end } = session.project.start("mlflow-rollout abort --yes", { isLeader: true });
  await session.writeBegins();
  process.kill(-pid, "SIGKILL");
  await end;
  expect(await session.project.type("mlflow-rollout status")).toMatchObject({
    code: EXIT.inProgress,
    stdout: expect.stringContaining("an update of the stack is under way (pid ") as string,
  });
  expect(await session.verb("promote --yes --json")).toMatchObject({
    code: EXIT.conflict,
    stdout: expect.stringMatching(
      /"exitCode":4,"done":false,"configRestored":true,"message":".* is being updated by /,
    ) as string,
  });
  expect(await session.project.type("mlflow-rollout recover --yes")).toMatchObject({
    code: EXIT.conflict,
    stderr: expect.stringContaining("is still running") as string,
  });
  await session.hurry();
  await session.updateEnds();
  expect(await session.project.type("mlflow-rollout recover --yes")).toMatchObject({
    code: EXIT.done,
    stdout: expect.stringContaining("a preview has no changes") as string,
  });
  expect(await session.azure.liveTraffic()).toEqual({ "model-1": 100, "model-2": 0 });
});
