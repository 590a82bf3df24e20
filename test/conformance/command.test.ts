import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { ROOT } from "../../driver/paths";

/** Runs the command with these variables alone. */
function run(environment: Readonly<Record<string, string>>, ...args: readonly string[]) {
  const command = ["--import", "tsx", "conformance/main.ts", ...args];
  const env = { PATH: process.env["PATH"] ?? "", ...environment };
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: ROOT, env, encoding: "utf8" });
  return { status, stdout, stderr };
}

test("a run on Azure without its variables says which are missing, and asks nothing", () => {
  const { status, stdout, stderr } = run({ TARGET: "azure", AZURE_ACCESS_TOKEN: "ey" }, "--json");
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr.split("\n").map((line) => line.trim().split(":")[0])).toEqual([
    "TARGET=azure needs variables that are not set",
    "AZURE_SUBSCRIPTION_ID",
    "CONFORMANCE_RESOURCE_GROUP",
    "CONFORMANCE_WORKSPACE",
    "",
  ]);
});

test("a target that is not known is refused", () => {
  expect(run({ TARGET: "moon" })).toEqual({
    status: 2,
    stdout: "",
    stderr:
      'TARGET must be local or azure, got "moon"\nusage: [TARGET=local|azure] npm run conformance [-- --json | --parity]\n',
  });
});
