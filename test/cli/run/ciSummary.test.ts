import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { summaryTarget } from "../../../cli/run/ciSummary";
import { Reporter } from "../../../cli/run/reporter";
import type { Transition } from "../../../cli/run/transition";
import { temporaryFolder } from "../../support/temporaryFolder";

const HELD: Transition = {
  type: "held",
  component: "heart",
  candidate: "model-2",
  stable: "model-1",
  weight: 0,
  mirrored: 20,
  message: "gate a|b inconclusive:\n12 of 100 <samples>",
};
const OPTIONS = { json: true, webhook: undefined, now: () => new Date("2026-11-30T14:20:05Z") };

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

test.each([
  [{}, undefined],
  [{ GITHUB_STEP_SUMMARY: "" }, undefined],
  [
    { GITHUB_STEP_SUMMARY: "/s.md", TF_BUILD: "True" },
    { kind: "github", file: "/s.md" },
  ],
  [{ TF_BUILD: "True" }, { kind: "azure", folder: "/tmp" }],
  [
    { TF_BUILD: "True", AGENT_TEMPDIRECTORY: "/agent" },
    { kind: "azure", folder: "/agent" },
  ],
])("with %j the summary goes to %j", (env, target) => {
  expect(summaryTarget(env, "/tmp")).toEqual(target);
});

const TABLE = [
  "",
  "### mlflow-rollout",
  "",
  "| time (UTC) | component | what | candidate | weight | |",
  "| --- | --- | --- | --- | --- | --- |",
  "| 2026-11-30 14:20:05 | heart | held | model-2 | 0 %, mirrored 20 % | gate a\\|b inconclusive: 12 of 100 \\<samples\\> |",
  "| 2026-11-30 14:20:05 | heart | finished |  |  | done |",
  "",
].join("\n");

async function tellTwo(): Promise<void> {
  vi.spyOn(process.stdout, "write").mockReturnValue(true);
  const reporter = new Reporter(OPTIONS);
  reporter.tell("acme/heart/prod", HELD);
  reporter.tell("acme/heart/prod", { type: "finished", component: "heart", weight: 0, mirrored: 0, message: "done" });
  await reporter.close();
}

test("on GitHub the table grows with each transition, and nothing in it is markup", async () => {
  const file = join(temporaryFolder({}), "summary.md");
  writeFileSync(file, "# before\n");
  vi.stubEnv("GITHUB_STEP_SUMMARY", file);
  await tellTwo();
  expect(readFileSync(file, "utf8")).toBe(`# before\n${TABLE}`);
});

test("on Azure Pipelines a line names the file with it", async () => {
  const folder = temporaryFolder({});
  vi.stubEnv("GITHUB_STEP_SUMMARY", "");
  vi.stubEnv("TF_BUILD", "True");
  vi.stubEnv("AGENT_TEMPDIRECTORY", folder);
  const printed = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  await tellTwo();
  const [name = ""] = readdirSync(folder);
  expect(readFileSync(join(folder, name), "utf8")).toBe(TABLE);
  expect(printed).toHaveBeenCalledWith(`##vso[task.uploadsummary]${join(folder, name)}\n`);
});

test("a summary that cannot be written is said once, and breaks nothing", async () => {
  vi.stubEnv("GITHUB_STEP_SUMMARY", "/nowhere/summary.md");
  const printed = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  await tellTwo();
  expect(printed).toHaveBeenCalledTimes(1);
});
