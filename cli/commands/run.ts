import type { Command } from "commander";
import { withExamples } from "../terminal/examples";
import { rolloutOptions } from "../terminal/rolloutOptions";
import type { RolloutFlags } from "../terminal/rolloutOptions";
import { patienceOf, unattendedOptions } from "../terminal/unattendedOptions";
import type { UnattendedFlags } from "../terminal/unattendedOptions";

interface RunFlags extends RolloutFlags, UnattendedFlags {
  readonly once?: true;
  readonly finish?: true;
}

export function addRunCommand(program: Command): void {
  const command = program
    .command("run")
    .summary("walk the plan unattended: bake, ask the gates, next step")
    .description(
      "Walk a rollout along its plan without anybody watching: mirror stage, bake time, gates, next step, until the candidate has all " +
        "of the traffic. A gate that fails gives everything back to the stable deployment; one that is inconclusive is asked again. " +
        "Nothing is remembered: killed and started again, it goes on from the live weights.",
    );
  unattendedOptions(
    rolloutOptions(command)
      .option("--once", "at most one step, for a schedule; the exit code says where the rollout is")
      .option("--finish", "retire the old deployment at the end, after rollout.retireAfterMinutes"),
  ).action(async (flags: RunFlags) => {
    // Loads what talks to Azure.
    const { runRollout } = require("../run/runRollout") as typeof import("../run/runRollout");
    const { once, finish, json, webhook, onTimeout } = flags;
    const wishes = { once: once === true, finishes: finish === true };
    const options = { ...wishes, onTimeout, patience: patienceOf(flags) };
    process.exitCode = await runRollout({ flags, json: json === true, webhook, options });
  });
  withExamples(command, [
    ["mlflow-rollout run --stack prod", "step by step to 100 %, or back to the stable deployment"],
    ["mlflow-rollout run --once --stack prod", "at most one step: every 10 minutes from a schedule"],
    [
      "mlflow-rollout run --finish --on-timeout abort --webhook https://hooks.example.com/rollouts",
      "retire the old deployment too, give up on a gate that stays inconclusive, and tell a receiver of each step",
    ],
  ]);
}
