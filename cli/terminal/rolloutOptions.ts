import { resolve } from "node:path";
import type { Command } from "commander";

/** Which rollout a command is about, as it was typed. */
export interface RolloutFlags {
  readonly stack?: string;
  readonly component?: string;
  readonly cwd: string;
}

/** The options of every command that is about one rollout: `--stack`, `--component` and `--cwd`. */
export function rolloutOptions(command: Command): Command {
  return stackOptions(command).option(
    "--component <name>",
    "the component, where the stack has several (default: the only one)",
  );
}

/** The options of every command that is about one stack: `--stack` and `--cwd`. */
export function stackOptions(command: Command): Command {
  return command
    .option("--stack <name>", "the stack (default: the selected one)")
    .option("--cwd <folder>", "folder of the Pulumi project", ".");
}

/** The rollout that was typed, with the full path of its project. */
export function rolloutChoice({ stack, component, cwd }: RolloutFlags): RolloutFlags {
  return {
    cwd: resolve(cwd),
    ...(stack !== undefined && { stack }),
    ...(component !== undefined && { component }),
  };
}
