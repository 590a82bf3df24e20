import { Option } from "commander";
import type { Command } from "commander";
import { withExamples } from "../terminal/examples";
import { EXIT } from "../terminal/exitCodes";
import { rolloutChoice, rolloutOptions } from "../terminal/rolloutOptions";
import type { RolloutFlags } from "../terminal/rolloutOptions";

interface PlanFlags extends RolloutFlags {
  readonly markdown?: true;
  readonly json?: true;
}

/** How the command ends. */
const ENDS = { ok: EXIT.done, refused: EXIT.refused, failed: EXIT.failed } as const;

export function addPlanCommand(program: Command): void {
  const command = program
    .command("plan")
    .summary("show what the config would do now, and what comes after")
    .description(
      "Show what an update would do with the config as it stands: which traffic moves, what the rules and contracts say, what is refused, which resources change; then the rest of the rollout with the earliest times. " +
        "It runs pulumi preview; nothing is written. It ends with 3 when the step is refused.",
    );
  rolloutOptions(command)
    .addOption(new Option("--markdown", "print a comment for a pull request").conflicts("json"))
    .option("--json", "print one line of JSON")
    .action(plan);
  withExamples(command, [
    ["mlflow-rollout plan", "before pulumi up, or before a commit"],
    ["mlflow-rollout plan --stack prod --markdown > plan.md", "in a pipeline, as a comment on the pull request"],
  ]);
}

async function plan({ markdown, json, ...flags }: PlanFlags): Promise<void> {
  const { readPlan } = require("../plan/readPlan") as typeof import("../plan/readPlan");
  const { planMarkdown } = require("../plan/planMarkdown") as typeof import("../plan/planMarkdown");
  const { planText } = require("../plan/planText") as typeof import("../plan/planText");
  const now = new Date();
  const report = await readPlan(rolloutChoice(flags), now);
  if (json === true) console.log(JSON.stringify(report));
  else if (markdown === true) process.stdout.write(planMarkdown(report));
  else console.log(planText(report, now));
  process.exitCode = ENDS[report.verdict];
}
