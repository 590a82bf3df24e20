import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { COMPONENT_TYPE } from "../../../cli/stack/openRollout";
import { EXIT } from "../../../cli/terminal/exitCodes";
import { COMMAND } from "../../../driver/paths";
import { exportedStack, resourceState } from "../../support/exportedStack";
import type { FakeAnswer } from "../../support/fakePulumi";
import { FakePulumi } from "../../support/fakePulumi";

const CONFIG = `config:
  modelVersions: { "1": models/1, "2": models/2 }
  deployments: { model-1: { modelVersion: "1" }, model-2: { modelVersion: "2" } }
  candidate: model-2
  candidateTraffic: 10
`;
const COMPONENT = resourceState(COMPONENT_TYPE, "heart", {
  inputs: {},
  outputs: { rollout: {} },
});

/** Types `mlflow-rollout abort --yes`; `up` answers as given, and the output may have no reader. */
async function abort(
  up: Omit<FakeAnswer, "typed">,
  { signal, isRead = true }: { signal?: NodeJS.Signals; isRead?: boolean },
) {
  const fake = new FakePulumi([
    { typed: "stack --show-name", stdout: "organization/heart/dev\n" },
    { typed: "whoami", stdout: JSON.stringify({ url: "s3://bucket" }) },
    { typed: "stack export", stdout: JSON.stringify(exportedStack([], [COMPONENT])) },
    { typed: "up", ...up },
  ]);
  const file = join(fake.folder, "Pulumi.dev.yaml");
  writeFileSync(file, CONFIG);
  writeFileSync(join(fake.folder, "Pulumi.yaml"), "name: heart\nruntime: nodejs\n");
  const child = spawn(process.execPath, [COMMAND, "abort", "--yes"], {
    cwd: fake.folder,
    env: fake.env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const end = once(child, "close");
  if (isRead) child.stdout.resume();
  else child.stdout.destroy();
  child.stderr.resume();
  if (signal !== undefined) {
    while (!fake.typed.some((typed) => typed.startsWith("up "))) await new Promise((resolve) => setImmediate(resolve));
    child.kill(signal);
  }
  await end;
  return {
    code: child.exitCode,
    config: readFileSync(file, "utf8"),
    typed: new Set(fake.typed.map((line) => line.split(" ")[0])),
  };
}

describe("a verb in its update", () => {
  test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
    "%s is passed on to Pulumi, which ends in order",
    async (signal) => {
      // Without Ctrl+C it would go on for ever.
      expect(await abort({ hangs: true }, { signal })).toEqual({
        code: EXIT.interrupted,
        config: CONFIG,
        typed: new Set(["stack", "whoami", "up"]),
      });
    },
  );

  test("whoever reads the output may leave: the update ends, and config is put back where it failed", async () => {
    expect(await abort({ code: 255, stderr: "error: no" }, { isRead: false })).toEqual({
      code: EXIT.failed,
      config: CONFIG,
      typed: new Set(["stack", "whoami", "up"]),
    });
  });
});
