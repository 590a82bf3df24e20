import { Option } from "commander";
import type { Command } from "commander";
import type { Goal } from "../status/waiting";
import { minutes } from "../terminal/durations";
import { withExamples } from "../terminal/examples";
import { EXIT } from "../terminal/exitCodes";
import { Failure } from "../terminal/failure";
import { rolloutOptions } from "../terminal/rolloutOptions";
import type { RolloutFlags } from "../terminal/rolloutOptions";

interface StatusFlags extends RolloutFlags {
  readonly json?: true;
  readonly wait?: true;
  readonly timeout?: number;
  readonly for?: Goal;
}

/** As long as an update may take, with a first image. */
const TIMEOUT_MINUTES = 60;

export function addStatusCommand(program: Command): void {
  const command = program
    .command("status")
    .summary("where a rollout is, and what comes next")
    .description(
      "Show where a rollout is: declared and live weights, states, metrics of the last minutes, the step, what comes next and " +
        "the command for it. The exit code says it too. Nothing is written.",
    );
  rolloutOptions(command)
    .option("--json", "print one line of JSON")
    .option("--wait", "wait until the step is live and has baked, or --for says")
    .addOption(new Option("--for <goal>", "what --wait waits for (default: step)").choices(["step", "done"]))
    .option("--timeout <minutes>", `how long --wait waits (default: ${TIMEOUT_MINUTES})`, minutes)
    .action(async (flags: StatusFlags) => {
      process.exitCode = await status(flags);
    });
  withExamples(command, [
    ["mlflow-rollout status", "where the rollout of the selected stack is"],
    ["mlflow-rollout status --wait --timeout 90", "in a pipeline: go on when the step is live and has baked"],
    ["mlflow-rollout status --json --stack prod", "the same for a program"],
  ]);
}

async function status({ json, wait, timeout, for: goal, ...flags }: StatusFlags): Promise<number> {
  if (wait !== true && (timeout !== undefined || goal !== undefined))
    throw new Failure(`${goal === undefined ? "--timeout" : "--for"} is for --wait; add --wait`, EXIT.usage);
  // Loads what talks to Azure.
  const { runStatus } = require("../status/runStatus") as typeof import("../status/runStatus");
  return runStatus({
    flags,
    json: json === true,
    ...(wait === true && { wait: { goal: goal ?? "step", timeoutMinutes: timeout ?? TIMEOUT_MINUTES } }),
  });
}
