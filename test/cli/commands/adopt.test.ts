import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { ENDPOINT_ID } from "../../support/exportedStack";
import { COMMAND } from "../../../driver/paths";
import { EXIT } from "../../../cli/terminal/exitCodes";

/** Types the command where there is no terminal. */
function adopt(...flags: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND, "adopt", ...flags], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
  return { status, stdout, stderr };
}

describe("mlflow-rollout adopt does nothing", () => {
  test("where it cannot ask and is not told to go on", () => {
    expect(adopt("--endpoint-id", ENDPOINT_ID)).toEqual({
      status: EXIT.usage,
      stdout: "",
      stderr:
        "mlflow-rollout: adopt asks before it writes the state; run it in a terminal without --json, or give --yes or --dry-run\n",
    });
  });

  test("with an id that is none of an endpoint", () => {
    expect(adopt("--endpoint-id", "heart", "--yes")).toEqual({
      status: EXIT.usage,
      stdout: "",
      stderr:
        'mlflow-rollout: the id must be the ARM id of an online endpoint, got "heart"; "az ml online-endpoint show --query id" prints it\n',
    });
  });
});
