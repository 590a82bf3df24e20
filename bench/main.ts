import { Command, InvalidArgumentError } from "commander";
import { benchComponents } from "./components/run";
import type { ComponentsOrder } from "./components/run";
import { benchMemory } from "./memory";
import { benchScoring } from "./scoring";

const program = new Command("bench").description("Measures, as ratios side by side");

program
  .command("scoring", { isDefault: true })
  .description("scoring requests a second beside a bare loop around the model")
  .action(benchScoring);

program
  .command("memory")
  .description("whether the server's memory grows with the requests that it has answered")
  .action(benchMemory);

program
  .command("components")
  .description("what each component beyond the first adds to a stack; the first run looks for the Pulumi engine")
  .option("--sizes <numbers>", "components in a stack, from 1 upwards", numbers, [1, 5, 20, 50])
  .option("--rounds <number>", "how often each is measured; the least time counts", number, 3)
  .option("--json", "a line of JSON for each figure in place of the tables", false)
  .action((order: ComponentsOrder) => benchComponents(order));

function numbers(text: string): readonly number[] {
  const given = text.split(",").map(number);
  if (given[0] === 1 && given.every((size, index) => index === 0 || size > (given[index - 1] ?? 0))) return given;
  throw new InvalidArgumentError("They must begin with 1 and grow, such as 1,5,20.");
}

function number(text: string): number {
  if (/^[1-9]\d{0,2}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("It must be a whole number from 1 to 999.");
}

program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`bench: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
