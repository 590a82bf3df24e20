import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ROOT } from "../../driver/paths";

/** A project with the first package only. */
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "without-local-"));
  const installed = join(folder, "node_modules", "azure-mlflow-rollout");
  mkdirSync(installed, { recursive: true });
  for (const name of ["bin", "dist", "package.json"])
    cpSync(join(ROOT, name), join(installed, name), { recursive: true });
  for (const name of ["@pulumi", "commander", "yaml"])
    symlinkSync(join(ROOT, "node_modules", name), join(folder, "node_modules", name), "junction");
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(["local", "engine"])("mlflow-rollout %s names the install line, and no stack", (command) => {
  const script = join(folder, "node_modules", "azure-mlflow-rollout", "bin", "mlflow-rollout.js");
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, command], { cwd: folder, encoding: "utf8" });
  expect(stderr).toBe(
    "mlflow-rollout: the local Azure is not installed; run: npm install --save-dev azure-mlflow-rollout-local\n",
  );
  expect(stdout).toBe("");
  expect(status).toBe(1);
});
