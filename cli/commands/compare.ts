import { InvalidArgumentError } from "commander";
import type { Command } from "commander";
import { withExamples } from "../terminal/examples";
import { rolloutChoice, rolloutOptions } from "../terminal/rolloutOptions";
import type { RolloutFlags } from "../terminal/rolloutOptions";

interface CompareFlags extends RolloutFlags {
  readonly data: string;
  readonly deployment?: string;
  readonly tolerance: number;
  readonly slice?: string;
  readonly maxPercent?: number;
  readonly save?: string;
  readonly json?: true;
}

export function addCompareCommand(program: Command): void {
  const command = program
    .command("compare")
    .summary("compare the answers to a recorded set of requests")
    .description(
      "Send a recorded set of requests to the candidate and to the stable deployment, whatever their weights, and count the " +
        "predictions that differ. Nothing is written to Azure.",
    )
    .requiredOption("--data <file>", "requests that callers send, one on each line as JSON")
    .option("--deployment <name>", "the deployment to compare with the stable one (default: the candidate)")
    .option("--tolerance <number>", "how far two numbers may be apart and still count as equal", positive, 0)
    .option("--slice <column>", "count apart by the values of a column of the requests")
    .option("--max-percent <number>", "more predictions that differ are an error", percent)
    .option("--save <file>", "where to write the worst differences (default: a file in the temporary folder)")
    .option("--json", "print one line of JSON");
  rolloutOptions(command).action(async (flags: CompareFlags) => {
    process.exitCode = await compare(flags);
  });
  withExamples(command, [
    [
      "mlflow-rollout compare --data requests.jsonl",
      "whether the candidate answers otherwise, before it gets any requests",
    ],
    [
      "mlflow-rollout compare --data requests.jsonl --tolerance 0.01 --slice country --max-percent 2",
      "as a check in a pipeline, with numbers that may differ a little",
    ],
  ]);
}

async function compare({
  json,
  data,
  deployment,
  tolerance,
  slice,
  maxPercent,
  save,
  ...flags
}: CompareFlags): Promise<number> {
  const options = {
    ...rolloutChoice(flags),
    data,
    tolerance,
    ...(deployment !== undefined && { deployment }),
    ...(slice !== undefined && { slice }),
    ...(maxPercent !== undefined && { maxPercent }),
    ...(save !== undefined && { save }),
  };
  // Loads what talks to Azure.
  const { runCompare } = require("../compare/compare") as typeof import("../compare/compare");
  const { compareText } = require("../compare/texts") as typeof import("../compare/texts");
  const { Interruption } = require("../stack/interruption") as typeof import("../stack/interruption");
  const interruption = new Interruption("compare");
  const isShown = json !== true && process.stderr.isTTY;
  try {
    const result = await runCompare(options, interruption.signal, (done, all) => {
      if (isShown) process.stderr.write(`\r${done === all ? "" : `${done} of ${all}`}\u001B[K`);
    });
    console.log(json === true ? JSON.stringify(result) : compareText(result));
    return result.exitCode;
  } finally {
    interruption.stop();
  }
}

function positive(text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && value >= 0 && value < Infinity) return value;
  throw new InvalidArgumentError("It must be a number from 0.");
}

function percent(text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && value >= 0 && value <= 100) return value;
  throw new InvalidArgumentError("It must be a number from 0 to 100.");
}
