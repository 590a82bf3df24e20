import { InvalidArgumentError } from "commander";
import type { Command } from "commander";
import { withExamples } from "../terminal/examples";
import { rolloutChoice, rolloutOptions } from "../terminal/rolloutOptions";
import type { RolloutFlags } from "../terminal/rolloutOptions";

interface HistoryFlags extends RolloutFlags {
  readonly limit: number;
  readonly json?: true;
}

export function addHistoryCommand(program: Command): void {
  const command = program
    .command("history")
    .summary("show the updates of the stack and their weights")
    .description(
      "Show the updates of the stack, newest first: number, time, what it was, its result, the weights that config declared, who and why. " +
        "It is Pulumi's own history; nothing is written, and Azure is not asked.",
    );
  rolloutOptions(command)
    .option("--limit <number>", "how many to show; 0 shows all", count, 20)
    .option("--json", "print one line of JSON")
    .action(history);
  withExamples(command, [
    ["mlflow-rollout history", "the last 20 updates; undo --to takes a number of them"],
    ["mlflow-rollout history --limit 0 --json", "all of them, with the verdicts of each preview"],
  ]);
}

async function history({ limit, json, ...flags }: HistoryFlags): Promise<void> {
  const { openStack } = require("../stack/openRollout") as typeof import("../stack/openRollout");
  const { readHistory } = require("../history/readHistory") as typeof import("../history/readHistory");
  const { historyReport, historyText } = require("../history/historyText") as typeof import("../history/historyText");
  const { pulumi, place, namespace } = await openStack(rolloutChoice(flags));
  const all = await readHistory(pulumi, place, namespace);
  const shown = limit === 0 ? all : all.slice(0, limit);
  if (json === true) console.log(JSON.stringify(historyReport(place.fullName, shown)));
  else if (all.length === 0) console.log(`stack ${place.fullName} has no updates yet`);
  else console.log(historyText(shown, new Date()));
  const hidden = all.length - shown.length;
  if (json !== true && hidden > 0) console.log(`${hidden} earlier; --limit 0 shows all`);
}

function count(text: string): number {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("it must be a whole number, 0 for all");
}
