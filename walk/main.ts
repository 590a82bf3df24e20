import { prepareEngine } from "azure-mlflow-rollout-local";
import { Command } from "commander";
import { record } from "./record";
import type { Screen } from "./screens";
import { walkRollouts } from "./walk";

interface Flags {
  readonly json?: true;
  readonly record?: true;
}

const program = new Command("walk")
  .description("Three rollouts with the verbs of mlflow-rollout, on a local Azure ML, with scoring requests under way")
  .option("--json", "end with one line of JSON, everything else on stderr")
  .option("--record", "write the screens to docs/verbs.json and into the pages that show them")
  .action(walk);

async function walk({ json, record: records }: Flags): Promise<void> {
  const print = (text: string): void => void (json === true ? process.stderr : process.stdout).write(text);
  await prepareEngine((line) => print(`${line}\n`));
  const screens: Screen[] = [];
  const result = await walkRollouts({ print, screen: (screen) => void screens.push(screen) });
  if (records === true) record(screens);
  const { rollouts, aborted, undone, lostRequests, configDrift } = result;
  if (json === true) process.stdout.write(`${JSON.stringify(result)}\n`);
  else
    print(
      `\n${rollouts} rollouts, ${aborted} aborted, ${undone} undone; ${lostRequests} lost requests, ${configDrift} drifts\n`,
    );
  if (lostRequests + configDrift > 0) process.exitCode = 1;
}

program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`walk: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
