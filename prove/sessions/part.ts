import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Part, PartContext, PartResult } from "../common/part";
import { ROOT } from "../../driver/paths";

const VITEST = join(ROOT, "node_modules", "vitest", "vitest.mjs");

/** What vitest writes of a run, as far as it is read. */
interface TestRun {
  readonly numPassedTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

export const sessions: Part = {
  name: "sessions",
  shows:
    "whole sessions of users at a terminal: adoption, import, the plugin, composition, secrets, the demo, every kind of change, the verbs",
  run: runSessions,
};

async function runSessions({ folder, report }: PartContext): Promise<PartResult> {
  const file = join(folder, "run.json");
  rmSync(file, { force: true });
  const projects = ["--project", "sessions", "--project", "verbs"];
  const reporters = ["--reporter=default", "--reporter=./test/support/closingLine.ts", "--reporter=json"];
  const args = ["run", ...projects, ...reporters, `--outputFile.json=${file}`];
  const child = spawn(process.execPath, [VITEST, ...args], { cwd: ROOT, stdio: ["ignore", "pipe", "inherit"] });
  const end = once(child, "close");
  for await (const line of createInterface(child.stdout)) report(line);
  await end;
  const { numPassedTests, testResults } = JSON.parse(readFileSync(file, "utf8")) as TestRun;
  const failures = testResults.flatMap(({ name, status, message, assertionResults }) => {
    const notPassed = assertionResults.filter((test) => test.status !== "passed").map((test) => test.fullName);
    // Hooks can fail beside tests that pass.
    return notPassed.length === 0 && status !== "passed" ? [`${name}: ${message}`] : notPassed;
  });
  if (numPassedTests === 0 && failures.length === 0) failures.push("no test was run");
  return { figures: {}, failures };
}
