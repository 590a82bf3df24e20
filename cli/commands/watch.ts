import { InvalidArgumentError } from "commander";
import type { Command } from "commander";
import { withExamples } from "../terminal/examples";
import { rolloutOptions } from "../terminal/rolloutOptions";
import type { RolloutFlags } from "../terminal/rolloutOptions";

interface WatchFlags extends RolloutFlags {
  readonly json?: true;
  readonly interval: number;
}

const INTERVAL_SECONDS = 5;
const MOST_SECONDS = 3600;

export function addWatchCommand(program: Command): void {
  const command = program
    .command("watch")
    .summary("the same as status, live, with plots")
    .description(
      "Show what status shows, live on the whole screen, with the weight and the errors over time and the bake time counted " +
        "down; q quits. Without a terminal it prints a line for each change. Nothing is written.",
    );
  rolloutOptions(command)
    .option("--interval <seconds>", "time between two reads", seconds, INTERVAL_SECONDS)
    .option("--json", "print a line of JSON for each read")
    .action(async ({ json, interval, ...flags }: WatchFlags) => {
      // Loads what talks to Azure.
      const { runWatch } = require("../status/runWatch") as typeof import("../status/runWatch");
      process.exitCode = await runWatch({ flags, json: json === true, intervalSeconds: interval });
    });
  withExamples(command, [
    ["mlflow-rollout watch", "the rollout of the selected stack, until q is typed"],
    ["mlflow-rollout watch --json --interval 60 >> rollout.jsonl", "keep what happens"],
  ]);
}

function seconds(text: string): number {
  const value = Number(text);
  if (/^\d+(\.\d+)?$/.test(text) && value >= 1 && value <= MOST_SECONDS) return value;
  throw new InvalidArgumentError(`It must be a number from 1 to ${MOST_SECONDS}.`);
}
