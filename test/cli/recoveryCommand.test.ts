import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { findEngine } from "azure-mlflow-rollout-local";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../support/temporaryFolder";

const COMMAND = join(__dirname, "..", "..", "bin", "mlflow-rollout.js");

/** Types the command where there is no terminal. */
function retry(flags: readonly string[], env: NodeJS.ProcessEnv = process.env) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND, "retry", ...flags], {
    env,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
  return { status, stdout, stderr };
}

describe("mlflow-rollout retry does nothing", () => {
  test.each([[[]], [["--json"]]])("where it cannot ask and is not told to go on: %j", (flags) => {
    expect(retry(flags)).toEqual({
      status: 1,
      stdout: "",
      stderr: "mlflow-rollout: retry asks before it writes; run it in a terminal without --json, or give --yes\n",
    });
  });

  test("without the Pulumi CLI", () => {
    expect(retry(["--yes"], { ...process.env, PATH: "" })).toEqual({
      status: 1,
      stdout: "",
      stderr: "mlflow-rollout: the Pulumi CLI is not on PATH; install it: https://www.pulumi.com/docs/install/\n",
    });
  });

  test("in a folder that is no project", async () => {
    const engine = await findEngine();
    const folder = temporaryFolder({ "state/keep": "" });
    const env = { ...process.env, ...engine?.env, PULUMI_BACKEND_URL: `file://${folder}/state` };
    const { status, stderr } = retry(["--yes", "--cwd", folder], env);
    expect(stderr).toContain(
      `the selected stack of ${folder} cannot be read; run this command in the project's folder, or give --cwd and --stack\n`,
    );
    expect(status).toBe(1);
  });
});
