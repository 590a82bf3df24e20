import { resolve } from "node:path";
import type { Command } from "commander";
import type { AdoptionOptions } from "../adoption/adoption";
import { withExamples } from "../terminal/examples";
import { EXIT } from "../terminal/exitCodes";
import { Failure } from "../terminal/failure";
import { stackOptions } from "../terminal/rolloutOptions";

interface AdoptFlags {
  readonly endpointId: string;
  readonly stack?: string;
  readonly cwd: string;
  readonly yes?: true;
  readonly json?: true;
  readonly dryRun?: true;
}

export function addAdoptCommand(program: Command): void {
  const command = program
    .command("adopt")
    .summary("bring an endpoint that serves already under the component")
    .description(
      "Adopt an endpoint that already serves: print the program and config that declare it, then add it to the state. " +
        "Nothing is written to Azure.",
    )
    .requiredOption(
      "--endpoint-id <id>",
      'ARM id of the endpoint, as "az ml online-endpoint show --query id" prints it',
    );
  stackOptions(command)
    .option("--dry-run", "show everything and write nothing")
    .option("--yes", "do not ask")
    .option("--json", "print one line of JSON at the end and everything else on stderr; needs --yes or --dry-run")
    .action(async (flags: AdoptFlags) => {
      process.exitCode = await adopt(flags);
    });
  withExamples(command, [
    [
      'mlflow-rollout adopt --endpoint-id "$ID" --dry-run',
      "show the program, the config and what would join the state",
    ],
    ['mlflow-rollout adopt --endpoint-id "$ID"', "the same, and ask before the state is written"],
  ]);
}

async function adopt(flags: AdoptFlags): Promise<number> {
  const { readEndpointId } = require("../adoption/endpointId") as typeof import("../adoption/endpointId");
  const endpointId = readEndpointId(flags.endpointId);
  const dryRun = flags.dryRun === true;
  const asks = flags.yes !== true && !dryRun;
  if (asks && (flags.json === true || !process.stdin.isTTY))
    throw new Failure(
      "adopt asks before it writes the state; run it in a terminal without --json, or give --yes or --dry-run",
      EXIT.usage,
    );
  const options: AdoptionOptions = {
    cwd: resolve(flags.cwd),
    endpointId,
    asks,
    dryRun,
    output: flags.json === true ? "stderr" : "stdout",
    ...(flags.stack !== undefined && { stack: flags.stack }),
  };
  // Loads Pulumi's packages, which no other command needs.
  const { Adoption } = require("../adoption/adoption") as typeof import("../adoption/adoption");
  const result = await new Adoption(options).run();
  if (flags.json === true) console.log(JSON.stringify(result));
  return result.exitCode;
}
