import { InvalidArgumentError } from "commander";
import type { Command } from "commander";
import { withExamples } from "../terminal/examples";
import { rolloutChoice, rolloutOptions } from "../terminal/rolloutOptions";
import type { RolloutFlags } from "../terminal/rolloutOptions";

interface TestFlags extends RolloutFlags {
  readonly deployment?: string;
  readonly data?: string;
  readonly requests: number;
  readonly json?: true;
}

const MOST_REQUESTS = 1000;

export function addTestCommand(program: Command): void {
  const command = program
    .command("test")
    .summary("send a request to the candidate and to the stable one")
    .description(
      "Send the sample request to the candidate and to the stable deployment, whatever their weights, and show both answers and " +
        "latencies. Nothing is written to Azure.",
    )
    .option("--deployment <name>", "the deployment to compare with the stable one (default: the candidate)")
    .option("--data <file>", "JSON that callers send (default: sample-request.json, else from the folder of the model)")
    .option("--requests <number>", "how many are sent to each, for the median of the latency", requests, 5)
    .option("--json", "print one line of JSON");
  rolloutOptions(command).action(async (flags: TestFlags) => {
    process.exitCode = await test(flags);
  });
  withExamples(command, [
    ["mlflow-rollout test", "whether the candidate answers, before it gets any requests"],
    [
      "mlflow-rollout test --deployment model-2 --data request.json --requests 20",
      "one deployment, with a request of your own",
    ],
  ]);
}

async function test({ deployment, data, requests: sent, json, ...flags }: TestFlags): Promise<number> {
  const options = {
    ...rolloutChoice(flags),
    requests: sent,
    ...(deployment !== undefined && { deployment }),
    ...(data !== undefined && { data }),
  };
  // Loads what talks to Azure.
  const { runTrial } = require("../trial/trial") as typeof import("../trial/trial");
  const { trialText } = require("../trial/texts") as typeof import("../trial/texts");
  const { Interruption } = require("../stack/interruption") as typeof import("../stack/interruption");
  const interruption = new Interruption("test");
  try {
    const result = await runTrial(options, interruption.signal);
    console.log(json === true ? JSON.stringify(result) : trialText(result));
    return result.exitCode;
  } finally {
    interruption.stop();
  }
}

function requests(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1 && value <= MOST_REQUESTS) return value;
  throw new InvalidArgumentError(`It must be a whole number from 1 to ${MOST_REQUESTS}.`);
}
