import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { EXIT } from "../../cli/terminal/exitCodes";
import { BLUE, GREEN } from "../../driver/article";
import { TestAzure } from "../support/localAzure";
import { Project } from "../support/project";
import { writesOf } from "../support/rehearsal";

/** Several commands of the engine each, on a machine that is busy. */
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

/** The tests of this file are one session of a user at a terminal. */
let azure: TestAzure;
let project: Project;

beforeAll(async () => {
  azure = await TestAzure.start();
  await azure.clock({ speed: 100_000 });
  project = await Project.open(azure.azure.env, { attached: true });
});

afterAll(async () => {
  project.close();
  await azure.close();
});

/** What a command prints, and what it wrote to Azure. */
async function look(...args: readonly string[]) {
  const before = await azure.trace("kind=arm");
  const output = await project.mlflowRollout(...args);
  const writes = writesOf(await azure.trace(`kind=arm&since=${before.at(-1)?.seq ?? 0}`));
  return { ...output, writes };
}

test("before the first update there is a plan and no history", async () => {
  const history = await look("history");
  expect(history).toMatchObject({ code: EXIT.done, stdout: expect.stringContaining("has no updates yet\n") as string });
  const { code, stdout, writes } = await look("plan");
  expect({ code, writes }).toEqual({ code: EXIT.done, writes: [] });
  expect(stdout).toMatch(/resources {2}\d+ to create/);
});

test("a candidate at 0 is on the plan, with the rest of the rollout", async () => {
  const message = "mlflow-rollout start: first model (by ada)\nrules kept";
  expect((await project.pulumi("up", "--yes", "--skip-preview", "--message", message)).code).toBe(0);
  await project.pulumi("config", "set", "--path", 'modelVersions["2"]', "models/green");
  await project.pulumi("config", "set", "--path", `deployments.${GREEN}.modelVersion`, "2");
  await project.pulumi("config", "set", "candidate", GREEN);
  await project.pulumi("config", "set", "--path", "rollout.bakeMinutes", "30");
  const { code, stdout, writes } = await look("plan", "--json");
  expect({ code, writes }).toEqual({ code: EXIT.done, writes: [] });
  expect(JSON.parse(stdout)).toMatchObject({
    verdict: "ok",
    position: "before step 1 of 4",
    changes: { create: 2, update: 1 },
    removals: [],
    stages: [{ percent: 10 }, { percent: 25 }, { percent: 50 }, { percent: 100 }, { kind: "remove", deployment: BLUE }],
  });
});

test("a step that is refused ends with 3, in a comment as well, and writes nothing", async () => {
  await project.pulumi("config", "set", "candidateTraffic", "60");
  const { code, stdout, writes } = await look("plan", "--markdown");
  expect({ code, writes }).toEqual({ code: EXIT.refused, writes: [] });
  expect(stdout).toMatch(/^<!-- mlflow-rollout plan organization\/heart-classifier\/test-/);
  expect(stdout).toContain(`- **traffic.${GREEN}**: has 60 in the update that creates it`);
});

test("config that nobody can read is refused without a preview, and does not hide the history", async () => {
  await project.pulumi("config", "set", "candidateTraffic", "many");
  const { code, stdout } = await look("plan");
  expect(code).toBe(EXIT.refused);
  expect(stdout).toContain("  - candidateTraffic: must be a whole number from 0 to 100");
  const lint = await look("lint");
  expect(lint.code).toBe(EXIT.refused);
  const history = await look("history", "--json");
  expect(history).toMatchObject({ code: EXIT.done, writes: [] });
  expect(JSON.parse(history.stdout)).toMatchObject({
    updates: [{ number: 1, verb: "start", reason: "first model", who: "ada", weights: { [BLUE]: 100 } }],
  });
});
