import { afterAll, beforeAll, expect, test } from "vitest";
import { BLUE, GREEN } from "../../driver/article";
import { TestAzure, valueAt } from "../support/localAzure";
import { Project } from "../support/project";
import type { CommandOutput } from "../support/project";

/** The tests of this file are one session of a user at a terminal. */
let azure: TestAzure;
let project: Project;
/** What the last update printed. */
let shownLast = "";

beforeAll(async () => {
  azure = await TestAzure.start();
  await azure.clock({ speed: 100_000 });
  project = await Project.open(azure.azure.env);
});

afterAll(async () => {
  project.close();
  await azure.close();
});

test("pulumi up in the project's folder deploys the model", async () => {
  const { code, stdout, stderr } = await project.pulumi("up", "--yes", "--skip-preview");
  expect(stdout + stderr).toContain("traffic  default 0 -> 100 (first serving)");
  expect(code).toBe(0);
  expect(await azure.liveTraffic()).toEqual({ [BLUE]: 100 });
});

test("a second deployment is a line of config", async () => {
  await project.pulumi("config", "set", "--path", 'modelVersions["2"]', "models/green");
  await project.pulumi("config", "set", "--path", `deployments.${GREEN}.modelVersion`, "2");
  await project.pulumi("config", "set", "candidate", GREEN);
  const { code } = await project.pulumi("up", "--yes", "--skip-preview");
  expect(code).toBe(0);
  expect(await azure.liveTraffic()).toEqual({ [BLUE]: 100, [GREEN]: 0 });
});

test("one command a step: pulumi up -c candidateTraffic=10", async () => {
  const { code, stdout } = await project.pulumi("up", "--yes", "--skip-preview", "-c", "candidateTraffic=10");
  shownLast = stdout;
  expect(stdout).toContain("traffic  default 100 -> 90, xgboost-model-2 0 -> 10 (10 points move)");
  expect(stdout).toContain("verified  live traffic is default 90, xgboost-model-2 10");
  expect(code).toBe(0);
  expect(await azure.liveTraffic()).toEqual({ [BLUE]: 90, [GREEN]: 10 });
});

test("a bad weight fails the preview with a line about it and no stack trace", async () => {
  const { code, stdout, stderr } = await project.pulumi("preview", "-c", "candidateTraffic=101");
  expect(code).not.toBe(0);
  expect(stdout).toContain("  - candidateTraffic: must be a whole number from 0 to 100, got 101");
  expect(stdout + stderr).not.toMatch(/^\s+at .*:\d+:\d+/m);
});

test.each([[[]], [["--refresh"]]])("the next preview with good config has nothing to do %j", async (options) => {
  const given = ["--expect-no-changes", "-c", "candidateTraffic=10", ...options];
  const { code, stdout } = await project.pulumi("preview", ...given);
  expect(stdout).toMatch(/\d+ unchanged/);
  expect(code).toBe(0);
});

/** Types a command as the preview or the update before has shown it. */
async function typeShown(text: string): Promise<CommandOutput> {
  const line = /^ +\$ (pulumi .*)$/m.exec(text)?.[1] ?? "no command is shown";
  let output: CommandOutput = { code: 1, stdout: "", stderr: line };
  for (const command of line.split(" && ")) {
    const [, ...args] = command.split(" ");
    const isUp = args[0] === "up";
    output = await project.pulumi(...args, ...(isUp ? ["--yes", "--skip-preview"] : []));
    if (output.code !== 0) return output;
  }
  return output;
}

test("from there on each command is the one that was shown, to the end of the rollout", async () => {
  const raised = await typeShown(shownLast);
  expect(raised.code).toBe(0);
  expect(await azure.liveTraffic()).toEqual({ [BLUE]: 0, [GREEN]: 100 });
  const ended = await typeShown(raised.stdout);
  expect(ended.code).toBe(0);
  expect(await azure.liveTraffic()).toEqual({ [GREEN]: 100 });
});

test("the next rollout begins at 0, and is refused where its config says more", async () => {
  await project.pulumi("config", "set", "--path", "deployments.third.modelVersion", "1");
  await project.pulumi("config", "set", "candidate", "third");
  const stale = await project.pulumi("preview", "-c", "candidateTraffic=100");
  expect(stale.code).not.toBe(0);
  expect(stale.stdout).toContain(
    "  - traffic.third: has 100 in the update that creates it, more than policy.maxInitialWeight of 0; set it to 0,",
  );
  await project.pulumi("config", "rm", "candidateTraffic");
  const { code, stdout } = await project.pulumi("up", "--yes", "--skip-preview");
  expect(code).toBe(0);
  expect(stdout).toContain("$ pulumi up -c candidateTraffic=10");
  expect(await azure.liveTraffic()).toEqual({ [GREEN]: 100, third: 0 });
});

test("pulumi destroy is refused, and names nothing of Azure as deleted", async () => {
  const { code, stdout, stderr } = await project.pulumi("destroy", "--yes", "--skip-preview");
  expect(code).not.toBe(0);
  expect(stdout + stderr).toMatch(/heart-deletion-protection" cannot be deleted\s+because it is protected/);
  expect(await azure.liveTraffic()).toEqual({ [GREEN]: 100, third: 0 });
});

test("pulumi destroy --run-program -c deletionProtection=false leaves nothing behind", async () => {
  const off = ["--run-program", "-c", "deletionProtection=false"];
  const { code, stdout, stderr } = await project.pulumi("destroy", "--yes", "--skip-preview", ...off);
  expect(code === 0 ? "" : stdout + stderr).toBe("");
  const { body } = await azure.send("GET", "/_local/state");
  expect(valueAt(body, "resources")).toEqual([]);
});
