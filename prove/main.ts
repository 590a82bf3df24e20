import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Argument, Command, InvalidArgumentError } from "commander";
import { figuresText, totalFigures } from "./figures";
import type { Part, PartResult } from "./common/part";
import { PARTS } from "./parts";
import { alignedTable } from "./common/alignedTable";
import { ROOT } from "../driver/paths";

/** Kept between runs, so an interrupted one goes on. */
const KEPT = join(ROOT, ".prove");

interface Options {
  readonly json?: true;
  readonly kills?: number;
  readonly fresh?: true;
}

const program = new Command("prove")
  .description(
    "Proves what the package promises of live traffic, part by part; an interrupted run resumes where it was",
  )
  .addArgument(new Argument("[parts...]", "parts to run, all by default").choices(PARTS.map(({ name }) => name)))
  .option("--fresh", "forget what earlier runs have done")
  .option("--kills <number>", "how many kills the parts verbs and run make", killCount)
  .option("--json", "end with one line of JSON in place of the table")
  .addHelpText("after", `\nParts:\n${PARTS.map(({ name, shows }) => `  ${name.padEnd(10)}${shows}`).join("\n")}`)
  .action(prove);

async function prove(names: readonly string[], { json, fresh, kills }: Options): Promise<void> {
  const parts = PARTS.filter(({ name }) => names.length === 0 || names.includes(name));
  const results: [Part, PartResult, number][] = [];
  for (const part of parts) {
    const started = performance.now();
    tell(`${part.name}: ${part.shows}`);
    const result = await part.run({
      folder: folderOf(part, fresh),
      report: (line) => tell(`  ${line}`),
      ...(kills !== undefined && { kills }),
    });
    for (const failure of result.failures) tell(`  FAILED ${failure}`);
    results.push([part, result, Math.round((performance.now() - started) / 1000)]);
  }
  print(json === true ? JSON.stringify(totalFigures(results.map(([, result]) => result))) : finalTable(results));
  if (results.some(([, { failures }]) => failures.length > 0)) process.exitCode = 1;
}

function folderOf({ name }: Part, fresh: true | undefined): string {
  const folder = join(KEPT, name);
  if (fresh === true) rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}

function finalTable(results: readonly (readonly [Part, PartResult, number])[]): string {
  const rows = results.map(([{ name }, { figures, failures }, seconds]) => [
    name,
    failures.length === 0 ? "holds" : `${failures.length} failed`,
    figuresText(figures),
    `${seconds} s`,
  ]);
  return `\n${alignedTable([["part", "result", "figures", "time"], ...rows])}`;
}

function killCount(text: string): number {
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("It must be a number from 1 to 9999.");
}

/** Progress goes to stderr, so the result can be piped. */
function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

program.parseAsync().catch((error: unknown) => {
  tell(`prove: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
