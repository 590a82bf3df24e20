import { Argument, Command, InvalidArgumentError } from "commander";
import { figuresTable } from "./common/figure";
import type { Figure } from "./common/figure";
import { measureInOwnProcess } from "./common/ownProcess";
import type { PartFigures } from "./common/part";
import { seriesLines, seriesTable } from "./common/series";
import { record } from "./page/record";
import { PARTS } from "./parts";

interface Options {
  readonly rounds: number;
  readonly megabytes: number;
  readonly sizes: readonly number[];
  readonly json?: true;
  readonly record?: true;
}

const program = new Command("bench")
  .description("Measures what the package takes, beside its rivals, in one run and in turns")
  .addArgument(new Argument("[parts...]", "parts to measure, all by default").choices(PARTS.map(({ name }) => name)))
  .option("--rounds <number>", "how often what is compared is measured", number, 5)
  .option("--megabytes <number>", "size of the model that is uploaded", number, 2000)
  .option("--sizes <numbers>", "components in a stack, from 1 upwards", numbers, [1, 5, 20, 50])
  .option("--json", "print a line of JSON for each figure in place of the table")
  .option("--record", "write the figures of these parts to docs/performance.md and its plots")
  .addHelpText("after", `\nParts:\n${PARTS.map(({ name, measures }) => `  ${name.padEnd(13)}${measures}`).join("\n")}`)
  .action(bench);

async function bench(names: readonly string[], { json, record: records, ...order }: Options): Promise<void> {
  const measured: PartFigures[] = [];
  for (const part of PARTS.filter(({ name }) => names.length === 0 || names.includes(name))) {
    tell(`${part.name}: ${part.measures}`);
    const found = await measureInOwnProcess({ name: part.name, ...order });
    measured.push(found);
    if (json !== true) continue;
    const { figures, series = [] } = found;
    for (const figure of figures) console.log(JSON.stringify(figure));
    for (const line of series.flatMap(seriesLines)) console.log(line);
  }
  const figures = measured.flatMap((part): readonly Figure[] => part.figures);
  if (json !== true) {
    if (figures.length > 0) console.log(figuresTable(figures));
    for (const series of measured.flatMap((part) => part.series ?? [])) console.log(seriesTable(series));
  }
  if (records === true) record(measured, PARTS);
  if (figures.some(({ ok }) => !ok)) process.exitCode = 1;
}

function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}

function numbers(text: string): readonly number[] {
  const given = text.split(",").map(number);
  if (given[0] === 1 && given.every((size, index) => index === 0 || size > (given[index - 1] ?? 0))) return given;
  throw new InvalidArgumentError("They must begin with 1 and grow, such as 1,5,20.");
}

function number(text: string): number {
  if (/^[1-9]\d{0,4}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("It must be a whole number from 1 to 99999.");
}

program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`bench: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
