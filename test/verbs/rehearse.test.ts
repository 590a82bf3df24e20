import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { findEngine } from "azure-mlflow-rollout-local";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { RehearsalResult } from "../../cli/rehearsal/result";
import { EXIT } from "../../cli/terminal/exitCodes";
import { UserProject } from "../../driver/userProject";

vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });

/** A user who is signed in to Azure somewhere, with a stack that has never been updated. */
let project: UserProject;
let files: Record<string, string>;

beforeAll(async () => {
  const engine = await findEngine();
  if (engine === undefined) throw new Error("there is no engine");
  project = UserProject.make({ ...engine.env, ARM_CLIENT_ID: "mine", ARM_CLIENT_SECRET: "mine" });
  project.addModel("2", "green");
  const check = `if (Object.values(process.env).includes("mine")) throw new Error("a login of the user");\n`;
  project.write("index.ts", `${check}${project.read("index.ts")}`);
  files = filesOf(project);
});

afterAll(() => project.close());

function filesOf({ folder }: UserProject): Record<string, string> {
  const names = readdirSync(folder).filter((name) => /\.(yaml|ts|json)$/.test(name));
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}

async function rehearse(words: string) {
  const { code, stdout, stderr } = await project.type(`mlflow-rollout rehearse --model models/2 --json ${words}`);
  expect({ files: filesOf(project), state: readdirSync(project.stateFolder) }).toEqual({ files, state: [] });
  return { code, stderr, result: stdout === "" ? undefined : (JSON.parse(stdout) as RehearsalResult) };
}

test("two steps with copies before them: callers get what the weights say, and nothing of the user's changes", async () => {
  const plan = { steps: [20, 100], bakeMinutes: 30, mirror: { percent: 25, minutes: 10 } };
  const report = join(project.folder, "rehearsal.html");
  const { code, result } = await rehearse(
    `--requests 400 --config 'rollout=${JSON.stringify(plan)}' --fault "candidate: +300 ms latency from step 1" ` +
      `--report ${report}`,
  );
  expect({ code, ending: result?.result, lost: result?.lostRequests, steps: result?.steps }).toEqual({
    code: EXIT.done,
    ending: "completed",
    lost: 0,
    steps: 2,
  });
  const stages = result?.stages ?? [];
  expect(stages.map(({ kind, split, weight }) => [kind, weight, split?.isAsDeclared])).toEqual([
    ["start", 0, true],
    ["mirror", 0, true],
    ["step", 20, true],
    ["step", 100, true],
  ]);
  expect(stages[1]?.copies).toMatchObject({ errors: 0 });
  expect(stages[1]?.copies?.requests).toBeGreaterThan(50);
  const slow = stages[2]?.deployments.find(({ name }) => name === "model-2");
  expect(slow?.p50).toBeGreaterThan(300);
  // Half an hour of the plan between two steps, on the virtual clock.
  expect((stages[3]?.from ?? 0) - (stages[2]?.updatedAt ?? 0)).toBeGreaterThanOrEqual(30 * 60_000);
  expect(readFileSync(report, "utf8")).toContain("completed: model-2 has all of the traffic");
});

test("a candidate that cannot be deployed ends it, and the stable one has served all the while", async () => {
  const { code, result } = await rehearse('--requests 100 --fault "candidate: deployment fails"');
  expect(code).toBe(EXIT.degraded);
  expect(result).toMatchObject({ result: "failed", steps: 0, lostRequests: 0, exposed: { requests: 0, bad: 0 } });
  expect(result?.stages.map(({ kind, outcome }) => [kind, outcome])).toEqual([["start", "failed"]]);
  expect(result?.stages[0]?.reasons.join("\n")).toContain("Liveness probe failed");
  expect(result?.stages[0]?.requests).toBeGreaterThan(0);
});

test("a workspace that the program expects to be there is there", async () => {
  const { code, result } = await rehearse(
    `--requests 50 --config resourceGroup=team --config workspace=shared --config 'rollout={"steps":[100]}'`,
  );
  expect({ code, ending: result?.result, steps: result?.steps }).toEqual({
    code: EXIT.done,
    ending: "completed",
    steps: 1,
  });
});

test("what is typed wrong is refused before anything starts, all at once", async () => {
  const { code, stderr } = await rehearse('--fault "candidate: 5 errors" --fault "5 % errors"');
  expect(code).toBe(EXIT.usage);
  expect(stderr.match(/^ {2}- --fault /gm)).toHaveLength(2);
});
