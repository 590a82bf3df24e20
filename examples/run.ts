import { Argument, Command } from "commander";
import { startLocalAzure } from "azure-mlflow-rollout-local";
import { alignedTable } from "../prove/common/alignedTable";
import { AzureClient } from "../driver/azureClient";
import type { Example } from "./runner/example";
import { EXAMPLES } from "./runner/examples";
import { problemsOf, runExample } from "./runner/runExample";

const program = new Command("examples")
  .description("Runs the examples on a local Azure with the real Pulumi engine: up, a step of 10 percent, destroy")
  .addArgument(new Argument("[names...]", "examples to run, all by default").choices(EXAMPLES.map(({ name }) => name)))
  .option("--json", "end with one line of JSON in place of the table")
  .addHelpText("after", `\nExamples:\n${EXAMPLES.map(({ name, shows }) => `  ${name.padEnd(14)}${shows}`).join("\n")}`)
  .action(run);

async function run(names: readonly string[], { json }: { readonly json?: true }): Promise<void> {
  const examples = EXAMPLES.filter(({ name }) => names.length === 0 || names.includes(name));
  const rows: string[][] = [];
  let failed = 0;
  for (const example of examples) {
    const started = performance.now();
    tell(`${example.name}: ${example.shows}`);
    const problems = await problemsIn(example);
    for (const problem of problems) tell(`  FAILED ${problem}`);
    if (problems.length > 0) failed += 1;
    const seconds = Math.round((performance.now() - started) / 1000);
    rows.push([example.name, problems.length === 0 ? "ok" : "failed", `${seconds} s`, example.shows]);
  }
  const counts = { examples: examples.length, ok: examples.length - failed, failed };
  print(
    json === true ? JSON.stringify(counts) : `\n${alignedTable([["example", "result", "time", "shows"], ...rows])}`,
  );
  if (failed > 0) process.exitCode = 1;
}

/** Each has a local Azure of its own. */
async function problemsIn(example: Example): Promise<readonly string[]> {
  const azure = new AzureClient(await startLocalAzure());
  try {
    return problemsOf(await runExample(example, azure, { begins: (what) => tell(`  ${what}`) }));
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  } finally {
    await azure.close();
  }
}

/** Progress goes to stderr, so the result can be piped. */
function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

program.parseAsync().catch((error: unknown) => {
  tell(`examples: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
