import { InvalidArgumentError } from "commander";
import type { Command } from "commander";
import { pluginsOption } from "../local/pluginsOption";
import type { RehearseRequest } from "../rehearsal/runRehearse";
import { withExamples } from "../terminal/examples";
import type { RolloutFlags } from "../terminal/rolloutOptions";

/** What was typed; the names of the options are those of the request. */
type RehearseFlags = RolloutFlags &
  Pick<RehearseRequest, "model" | "requests" | "data" | "report" | "plugins" | "python"> & {
    readonly fault?: readonly string[];
    readonly config?: readonly string[];
    readonly json?: true;
  };

const REQUESTS = 1000;
const MOST_REQUESTS = 100_000;

export function addRehearseCommand(program: Command): void {
  const command = program
    .command("rehearse")
    .summary("play the rollout on a local Azure ML, with load and with faults")
    .description(
      "Play the rollout that this project declares on a local Azure ML: its plan with scoring requests under way, bake times on " +
        "a virtual clock, and faults that you ask for. It shows for each step what callers would have got, and how the rollout " +
        "ends. Nothing of the stack, its config or Azure changes.",
    );
  command
    .option("--stack <name>", "the stack (default: the only one that has a config file)")
    .option("--cwd <folder>", "folder of the Pulumi project", ".")
    .option("--component <name>", "the component, where the stack has several (default: the only one)")
    .option("--model <folder>", "the candidate's model, where stack config declares no candidate")
    .option(
      "--fault <text>",
      'what goes wrong, such as "candidate: 5 % errors from step 2"; may be repeated',
      collected,
    )
    .option("--config <key=value>", "a value of stack config for the rehearsal; may be repeated", collected)
    .option("--requests <number>", "scoring requests in each stage", requests, REQUESTS)
    .option("--data <file>", "the sample request (default: sample-request.json, or the input example of the model)")
    .option("--report <file>", "write the same as a page that needs no server")
    .option("--python <path>", "Python with mlflow, for models without an ONNX flavour (default: the first one found)")
    .addOption(pluginsOption())
    .option("--json", "print one line of JSON at the end, and everything else on stderr")
    .action(async ({ stack, cwd, component, fault, config, json, ...others }: RehearseFlags) => {
      // Loads what talks to Azure.
      const { runRehearse } = require("../rehearsal/runRehearse") as typeof import("../rehearsal/runRehearse");
      process.exitCode = await runRehearse({
        ...others,
        flags: { cwd, ...(stack !== undefined && { stack }), ...(component !== undefined && { component }) },
        faults: fault ?? [],
        config: config ?? [],
        json: json === true,
      });
    });
  withExamples(command, [
    ["mlflow-rollout rehearse --model models/2", "what a rollout of that model would be like, step by step"],
    [
      'mlflow-rollout rehearse --fault "candidate: 5 % errors from step 2"',
      "whether the gates stop a candidate that fails, and how many requests it gets until then",
    ],
    [
      'mlflow-rollout rehearse --fault "candidate: out of quota" --json',
      "other faults: +300 ms latency, 3 % wrong answers, deployment fails",
    ],
  ]);
}

function collected(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}

function requests(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1 && value <= MOST_REQUESTS) return value;
  throw new InvalidArgumentError(`It must be a whole number from 1 to ${MOST_REQUESTS}.`);
}
