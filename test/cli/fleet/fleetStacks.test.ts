import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { EXIT } from "../../../cli/terminal/exitCodes";
import { COMMAND } from "../../../driver/paths";
import { FakePulumi } from "../../support/fakePulumi";

const FLEET = `waves:
  - endpoints: [{ stack: one }]
  - after: step 1
    endpoints: [{ stack: two }, { stack: three }]
`;

test("what cannot be read of a fleet is told of all of its stacks", () => {
  const { folder, env } = new FakePulumi([{ typed: "about", stdout: "{}" }]);
  writeFileSync(join(folder, "fleet.yaml"), FLEET);
  writeFileSync(join(folder, "Pulumi.yaml"), "name: fleet\nruntime: nodejs\n");
  const typed = [COMMAND, "fleet", "status", "fleet.yaml"];
  const { status, stdout, stderr } = spawnSync(process.execPath, typed, { cwd: folder, env, encoding: "utf8" });
  expect({ status, stdout }).toEqual({ status: EXIT.failed, stdout: "" });
  for (const stack of ["one", "two", "three"])
    expect(stderr).toContain(`- ${stack}: the stack ${stack} of ${folder} cannot be read`);
});
