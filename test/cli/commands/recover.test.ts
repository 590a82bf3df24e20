import { spawnSync } from "node:child_process";
import { findEngine } from "azure-mlflow-rollout-local";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../support/temporaryFolder";
import { COMMAND } from "../../../driver/paths";
import { EXIT } from "../../../cli/terminal/exitCodes";

/** Types the command where there is no terminal. */
function recover(flags: readonly string[], env: NodeJS.ProcessEnv = process.env, words = ["recover"]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND, ...words, ...flags], {
    env,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
  return { status, stdout, stderr };
}

describe("mlflow-rollout recover does nothing", () => {
  test.each([[[]], [["--json"]]])("where it cannot ask and is not told to go on: %j", (flags) => {
    expect(recover(flags)).toEqual({
      status: EXIT.usage,
      stdout: "",
      stderr: "mlflow-rollout: recover asks before it writes; run it in a terminal without --json, or give --yes\n",
    });
  });

  test("without the Pulumi CLI", () => {
    expect(recover(["--yes"], { ...process.env, PATH: "" })).toEqual({
      status: 1,
      stdout: "",
      stderr: "mlflow-rollout: the Pulumi CLI is not on PATH; install it: https://www.pulumi.com/docs/install/\n",
    });
  });

  test("in a folder that is no project", async () => {
    const engine = await findEngine();
    const folder = temporaryFolder({ "state/keep": "" });
    const env = { ...process.env, ...engine?.env, PULUMI_BACKEND_URL: `file://${folder}/state` };
    const { status, stdout, stderr } = recover(["--yes", "--json", "--cwd", folder], env);
    const reason = `the selected stack of ${folder} cannot be read; run this command in the project's folder, or give --cwd and --stack`;
    expect(stderr).toContain(`${reason}\n`);
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toEqual({
      stack: "",
      released: [],
      changes: [],
      exitCode: 1,
      message: expect.stringContaining(reason) as string,
    });
  });
});

test("the old name is there, and in the help", () => {
  expect(recover([], process.env, ["retry"]).stderr).toContain("recover asks before it writes");
  expect(recover(["--help"], process.env, []).stdout).toContain("recover|retry");
});
