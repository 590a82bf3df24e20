import { Option } from "commander";
import type { Command } from "commander";
import { MOST_MINUTES, minutes, seconds } from "./durations";

/** The flags of every command that walks rollouts unattended. */
export interface UnattendedFlags {
  readonly json?: true;
  readonly webhook?: string;
  readonly interval: number;
  readonly stepTimeout: number;
  readonly timeout: number;
  readonly onTimeout: "hold" | "abort";
}

const INTERVAL_SECONDS = 60;
const STEP_MINUTES = 60;

/** The options of every command that walks rollouts unattended. */
export function unattendedOptions(command: Command): Command {
  return command
    .option(
      "--step-timeout <minutes>",
      "how long a step that might be taken may be held, as by an inconclusive gate",
      minutes,
      STEP_MINUTES,
    )
    .option("--timeout <minutes>", "how long all of it may take", minutes, MOST_MINUTES)
    .addOption(
      new Option("--on-timeout <what>", "what becomes of the weights then").choices(["hold", "abort"]).default("hold"),
    )
    .option("--interval <seconds>", "between two looks, and two questions to a gate", seconds, INTERVAL_SECONDS)
    .option("--webhook <url>", "gets an event for each transition, signed with MLFLOW_ROLLOUT_WEBHOOK_SECRET")
    .option("--json", "print each transition as a line of JSON and everything else on stderr");
}

/** How long those options let a run wait, in milliseconds. */
export function patienceOf({
  interval,
  stepTimeout,
  timeout,
}: Pick<UnattendedFlags, "interval" | "stepTimeout" | "timeout">): {
  readonly interval: number;
  readonly step: number;
  readonly all: number;
} {
  return { interval: interval * 1000, step: stepTimeout * 60_000, all: timeout * 60_000 };
}
