import { resolve } from "node:path";
import type { Command } from "commander";
import { withExamples } from "../terminal/examples";
import { EXIT } from "../terminal/exitCodes";

interface LintFlags {
  readonly stack?: string;
  readonly cwd: string;
  readonly ownKey: readonly string[];
  readonly json?: true;
}

export function addLintCommand(program: Command): void {
  const command = program
    .command("lint")
    .summary("check the stack files offline")
    .description(
      "Check the rollouts in the stack files of the project, without Pulumi's engine and without Azure: keys, weights, deployments, model folders, the plan, and what is left over. " +
        "What the live endpoint decides is checked by the preview.",
    )
    .option("--stack <name>", "only this stack (default: all that have a file)")
    .option("--cwd <folder>", "folder of the Pulumi project", ".")
    .option("--own-key <key...>", "keys that the program reads itself, as in readRollout(config, ownKeys)", [])
    .option("--json", "print one line of JSON")
    .action(check);
  withExamples(command, [
    ["mlflow-rollout lint", "check every Pulumi.<stack>.yaml; ends with 3 when a preview would refuse one"],
    ["mlflow-rollout lint --stack prod --json", "one of them, for a machine"],
  ]);
}

function check({ stack, cwd, ownKey, json }: LintFlags): void {
  const { lint } = require("../lint/lint") as typeof import("../lint/lint");
  const { countOf, lintText } = require("../lint/lintText") as typeof import("../lint/lintText");
  const files = lint({ cwd: resolve(cwd), ownKeys: ownKey, ...(stack !== undefined && { stack }) });
  console.log(json === true ? JSON.stringify({ schemaVersion: 1, files }) : lintText(files));
  process.exitCode = countOf(files, "error") > 0 ? EXIT.refused : EXIT.done;
}
