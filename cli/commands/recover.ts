import { resolve } from "node:path";
import type { Command } from "commander";
import type { RecoveryOptions, RecoveryResult } from "../recovery/recovery";
import { withExamples } from "../terminal/examples";
import { EXIT } from "../terminal/exitCodes";
import { Failure } from "../terminal/failure";
import { stackOptions } from "../terminal/rolloutOptions";

interface RecoverFlags {
  readonly stack?: string;
  readonly cwd: string;
  readonly yes?: true;
  readonly json?: true;
  readonly force?: true;
  readonly destroy?: true;
  readonly skipPreview?: true;
}

export function addRecoverCommand(program: Command): void {
  const command = program
    .command("recover")
    .alias("retry")
    .summary("repair a stack that cannot go on")
    .description(
      "Repair a stack that cannot go on: release the lock of a killed update, add to the state what only Azure has, " +
        "clear failures that are over, then run pulumi up.",
    );
  stackOptions(command)
    .option("--yes", "do not ask")
    .option("--skip-preview", "update without a preview")
    .option("--destroy", "run pulumi destroy at the end, if that is what was interrupted")
    .option("--force", "also release a lock of another host or backend; make sure first that its owner is gone")
    .option("--json", "print one line of JSON at the end and everything else on stderr; needs --yes")
    .action(async (flags: RecoverFlags) => {
      process.exitCode = await recover(flags);
    });
  withExamples(command, [
    ["mlflow-rollout recover", "show what is wrong and what will be done, and ask"],
    ["mlflow-rollout recover --yes --stack prod --force", "after a killed job of a pipeline, on another machine"],
    ["mlflow-rollout recover --destroy", 'go on with an interrupted "pulumi destroy"'],
  ]);
}

async function recover(flags: RecoverFlags): Promise<number> {
  const asks = flags.yes !== true;
  if (asks && (flags.json === true || !process.stdin.isTTY))
    throw new Failure("recover asks before it writes; run it in a terminal without --json, or give --yes", EXIT.usage);
  const options: RecoveryOptions = {
    cwd: resolve(flags.cwd),
    asks,
    force: flags.force === true,
    command: flags.destroy === true ? "destroy" : "up",
    skipPreview: flags.skipPreview === true,
    output: flags.json === true ? "stderr" : "stdout",
    ...(flags.stack !== undefined && { stack: flags.stack }),
  };
  const { Recovery } = require("../recovery/recovery") as typeof import("../recovery/recovery");
  const recovery = new Recovery(options);
  const tell = (result: RecoveryResult): void => void (flags.json === true && console.log(JSON.stringify(result)));
  try {
    const result = await recovery.run();
    tell(result);
    return result.exitCode;
  } catch (error) {
    tell(recovery.failed(error));
    throw error;
  }
}
