import type { Command } from "commander";
import { MOST_MINUTES } from "../terminal/durations";
import { withExamples } from "../terminal/examples";
import { EXIT } from "../terminal/exitCodes";
import { Failure } from "../terminal/failure";
import { patienceOf, unattendedOptions } from "../terminal/unattendedOptions";
import type { UnattendedFlags } from "../terminal/unattendedOptions";

interface AbortFlags {
  readonly yes?: true;
  readonly json?: true;
  readonly message?: string;
}

/** How soon an abort is looked at again. */
const ABORT_INTERVAL_SECONDS = 5;
const ABORT_MINUTES = 30;

export function addFleetCommand(program: Command): void {
  const fleet = program
    .command("fleet")
    .summary("walk the rollouts of several stacks unattended, in waves")
    .description(
      "Walk the rollouts that a fleet file names as run walks one: wave after wave. A gate that fails anywhere gives every endpoint " +
        "that was started its stable weights back, and no further one is started. Nothing is remembered: killed and started again, " +
        "it goes on from the live weights.",
    )
    .argument("<file>", "the fleet file, such as fleet.yaml")
    // What follows status and abort is theirs.
    .enablePositionalOptions();
  unattendedOptions(fleet).action(async (file: string, flags: UnattendedFlags) => {
    const { onTimeout, webhook } = flags;
    process.exitCode = await load().runFleet(
      { file, json: flags.json === true, ...(webhook !== undefined && { webhook }) },
      { onTimeout, patience: patienceOf(flags) },
    );
  });
  withExamples(fleet, [
    ["mlflow-rollout fleet fleet.yaml", "wave after wave, or everything back to the stable deployments"],
    ["mlflow-rollout fleet status fleet.yaml", "a line for each endpoint"],
    ['mlflow-rollout fleet abort fleet.yaml --yes --message "wrong training data"', "gives everything back, at once"],
  ]);
  addStatus(fleet);
  addAbort(fleet);
}

function addStatus(fleet: Command): void {
  fleet
    .command("status")
    .summary("show where each endpoint of a fleet is")
    .description("Show where each endpoint of a fleet is, a line for each. Nothing is written.")
    .argument("<file>", "the fleet file")
    .option("--json", "print a line of JSON for each endpoint")
    .action(async (file: string, flags: { readonly json?: true }) => {
      process.exitCode = await load().showFleet({ file, json: flags.json === true });
    });
}

function addAbort(fleet: Command): void {
  fleet
    .command("abort")
    .summary("give all of the traffic back to the stable deployments")
    .description(
      "Give all of the traffic of every endpoint that was started back to its stable deployment, and write down why: until " +
        "somebody types resume, the fleet takes no step again.",
    )
    .argument("<file>", "the fleet file")
    .option("--message <text>", "why", "aborted by hand")
    .option("--yes", "do not ask")
    .option("--json", "print each transition as a line of JSON and everything else on stderr; needs --yes")
    .action(async (file: string, { yes, json, message = "" }: AbortFlags) => {
      if (yes !== true && (json === true || !process.stdin.isTTY))
        throw new Failure(
          "fleet abort asks before it writes; run it in a terminal without --json, or give --yes",
          EXIT.usage,
        );
      const request = { file, json: json === true, reason: message, asks: yes !== true };
      const patience = { interval: ABORT_INTERVAL_SECONDS, stepTimeout: ABORT_MINUTES, timeout: MOST_MINUTES };
      process.exitCode = await load().abortFleet(request, { onTimeout: "hold", patience: patienceOf(patience) });
    });
}

/** Loads what talks to Azure. */
function load(): typeof import("../fleet/runFleet") {
  return require("../fleet/runFleet") as typeof import("../fleet/runFleet");
}
