import { resolve } from "node:path";
import type { Command } from "commander";
import { Interrupted } from "../stack/interruption";
import { Recovery } from "../recovery/recovery";
import type { RecoveryOptions } from "../recovery/recovery";

interface RecoverFlags {
  readonly stack?: string;
  readonly cwd: string;
  readonly yes?: true;
  readonly json?: true;
  readonly force?: true;
  readonly destroy?: true;
  readonly skipPreview?: true;
}

/** As a shell says that Ctrl+C ended a command. */
const INTERRUPTED = 130;

export function addRecoverCommand(program: Command): void {
  program
    .command("recover")
    .alias("retry")
    .description(
      "repair a stack that cannot go on: release the lock of a killed update, add to the state what only Azure has, clear failures that are over, then run pulumi up",
    )
    .option("--stack <name>", "the stack (default: the selected one)")
    .option("--cwd <folder>", "folder of the Pulumi project", ".")
    .option("--yes", "do not ask")
    .option("--skip-preview", "update without a preview")
    .option("--destroy", "run pulumi destroy at the end, if that is what was interrupted")
    .option("--force", "also release a lock of another host or backend; make sure first that its owner is gone")
    .option("--json", "print one line of JSON at the end and everything else on stderr; needs --yes")
    .action(async (flags: RecoverFlags) => {
      process.exitCode = await recover(flags);
    });
}

async function recover(flags: RecoverFlags): Promise<number> {
  const asks = flags.yes !== true;
  if (asks && (flags.json === true || !process.stdin.isTTY))
    throw new Error("recover asks before it writes; run it in a terminal without --json, or give --yes");
  const options: RecoveryOptions = {
    cwd: resolve(flags.cwd),
    asks,
    force: flags.force === true,
    command: flags.destroy === true ? "destroy" : "up",
    skipPreview: flags.skipPreview === true,
    output: flags.json === true ? "stderr" : "stdout",
    ...(flags.stack !== undefined && { stack: flags.stack }),
  };
  try {
    const result = await new Recovery(options).run();
    if (flags.json === true) console.log(JSON.stringify(result));
    return result.exitCode;
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    process.stderr.write(`mlflow-rollout: ${error.message}\n`);
    return INTERRUPTED;
  }
}
