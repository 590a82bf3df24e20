import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { runCommand, withoutSecrets } from "../../../components/evidence/runCommand";

const node = (program: string, timeoutSeconds = 30, variables = {}) =>
  runCommand({ run: [process.execPath, "-e", program], timeoutSeconds, variables });

describe("a command", () => {
  test.each([
    ["process.exit(0)", { code: 0, lastLine: "" }],
    ["console.log('a'); console.log('drift 0.3'); process.exit(1)", { code: 1, lastLine: "drift 0.3" }],
    ["console.error('usage'); process.exit(2)", { code: 2, lastLine: "usage" }],
    ["console.log('x'.repeat(300))", { code: 0, lastLine: `${"x".repeat(197)}...` }],
    ["process.kill(process.pid, 'SIGTERM'); setInterval(() => 0, 1000)", { problem: "ended by SIGTERM", lastLine: "" }],
  ])("%s", async (program, end) => {
    expect(await node(program)).toEqual(end);
  });

  test("that is not there", async () => {
    const { problem } = await runCommand({ run: ["no-such-command"], timeoutSeconds: 5, variables: {} });
    expect(problem).toBe("cannot be started: spawn no-such-command ENOENT");
  });

  test("that takes too long is ended with what it has started", async () => {
    const program = `
      const { spawn } = require("node:child_process");
      const child = spawn(process.execPath, ["-e", "setInterval(() => 0, 1000)"], { stdio: "inherit" });
      console.log(child.pid);
      setInterval(() => 0, 1000);`;
    const { problem, lastLine } = await node(program, 1);
    expect(problem).toBe("not done after 1 s");
    await expect.poll(() => isRunning(Number(lastLine))).toBe(false);
  });

  test("is not run by a shell", async () => {
    const run = [process.execPath, "-p", "process.argv[1]", "$HOME; echo x"];
    expect(await runCommand({ run, timeoutSeconds: 30, variables: {} })).toEqual({
      code: 0,
      lastLine: "$HOME; echo x",
    });
  });

  test("is told what the step is about, and sees no secret", async () => {
    const variables = { MLFLOW_ROLLOUT_CANDIDATE: "green" };
    const end = await node(
      "console.log(process.env.MLFLOW_ROLLOUT_CANDIDATE, process.env.PATH !== undefined)",
      30,
      variables,
    );
    expect(end.lastLine).toBe("green true");
  });
});

test("only what a command needs to start is passed on", () => {
  const secrets = {
    PULUMI_CONFIG_PASSPHRASE: "p",
    PULUMI_ACCESS_TOKEN: "p",
    ARM_CLIENT_SECRET: "a",
    AZURE_CLIENT_ID: "a",
    AWS_PROFILE: "a",
    GITHUB_TOKEN: "g",
    ACTIONS_ID_TOKEN_REQUEST_URL: "g",
    DATABASE_URL: "postgres://me:pass@db",
    PGPASSWORD: "p",
    HTTPS_PROXY: "https://me:pass@proxy",
    MY_PATH: "m",
  };
  const passed = { PATH: "/bin", HOME: "/root", LC_ALL: "C", TMPDIR: "/tmp", Path: "C:\\Windows" };
  expect(withoutSecrets({ ...secrets, ...passed })).toEqual(passed);
});

/** One that has ended may wait for somebody to ask how. */
function isRunning(pid: number): boolean {
  const { stdout } = spawnSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" });
  return /^[^Z\s]/.test(stdout);
}
