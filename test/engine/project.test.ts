import { afterAll, beforeAll, expect, test } from "vitest";
import { BLUE, GREEN } from "../../demo/article";
import { TestAzure, valueAt } from "../support/localAzure";
import { Project } from "../support/project";
import { shownOutput } from "../support/readme";

/** The tests of this file are one session of a user at a terminal. */
let azure: TestAzure;
let project: Project;

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
  const shown = stdout.replace(/read back \d+ s/, "read back 1 s");
  for (const line of shownOutput("pulumi up -c candidateTraffic=10")) expect(shown).toContain(line);
  expect(code).toBe(0);
  expect(await azure.liveTraffic()).toEqual({ [BLUE]: 90, [GREEN]: 10 });
});

test("a bad weight fails the preview with a line about it and no stack trace", async () => {
  const { code, stdout, stderr } = await project.pulumi("preview", "-c", "candidateTraffic=101");
  expect(code).not.toBe(0);
  expect(stdout).toContain("  - candidateTraffic: must be a whole number from 0 to 100, got 101");
  expect(stdout + stderr).not.toMatch(/^\s+at .*:\d+:\d+/m);
});

test("the next preview with good config has nothing to do", async () => {
  const { code, stdout } = await project.pulumi("preview", "--expect-no-changes", "-c", "candidateTraffic=10");
  expect(stdout).toMatch(/\d+ unchanged/);
  expect(code).toBe(0);
});

test("pulumi destroy leaves nothing behind", async () => {
  const { code } = await project.pulumi("destroy", "--yes", "--skip-preview");
  const { body } = await azure.send("GET", "/_local/state");
  expect(code).toBe(0);
  expect(valueAt(body, "resources")).toEqual([]);
});
