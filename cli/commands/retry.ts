import { resolve } from "node:path";
import type { Command } from "commander";
import { Recovery } from "../recovery/recovery";
import type { RecoveryOptions } from "../recovery/recovery";

interface RetryFlags {
  readonly stack?: string;
  readonly cwd: string;
  readonly yes?: true;
  readonly json?: true;
  readonly force?: true;
  readonly destroy?: true;
  readonly skipPreview?: true;
}

export function addRetryCommand(program: Command): void {
  program
    .command("retry")
    .description(
      "bring an interrupted pulumi up back: release its lock, take what Azure finished meanwhile into the state, go on",
    )
    .option("--stack <name>", "the stack (default: the selected one)")
    .option("--cwd <folder>", "folder of the Pulumi project", ".")
    .option("--yes", "ask nothing")
    .option("--skip-preview", "update without a preview")
    .option("--destroy", "go on with pulumi destroy, when that is what was interrupted")
    .option("--force", "release the lock of another host or backend too; make sure first that its owner is gone")
    .option("--json", "print one line of JSON at the end; all else goes to stderr; needs --yes")
    .action(async (flags: RetryFlags) => {
      process.exitCode = await retry(flags);
    });
}

async function retry(flags: RetryFlags): Promise<number> {
  const asks = flags.yes !== true;
  if (asks && (flags.json === true || !process.stdin.isTTY))
    throw new Error("retry asks before it writes; run it in a terminal without --json, or give --yes");
  const options: RecoveryOptions = {
    cwd: resolve(flags.cwd),
    asks,
    force: flags.force === true,
    command: flags.destroy === true ? "destroy" : "up",
    skipPreview: flags.skipPreview === true,
    output: flags.json === true ? "stderr" : "stdout",
    ...(flags.stack !== undefined && { stack: flags.stack }),
  };
  const result = await new Recovery(options).run();
  if (flags.json === true) console.log(JSON.stringify(result));
  return result.exitCode;
}
