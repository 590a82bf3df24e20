import { Command, InvalidArgumentError } from "commander";
import { benchComponents } from "./components/run";
import type { ComponentsOrder } from "./components/run";
import { simulationTables } from "./gates/table";
import type { SimulationOrder } from "./gates/table";
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

program
  .command("gates")
  .description("how soon gates stop a bad candidate, how often a good one, and whether the bound of bad answers holds")
  .option("--rollouts <number>", "simulated rollouts of each candidate", number, 1000)
  .option("--steps <number>", "simulated steps of each bound", number, 10_000)
  .option("--seed <number>", "the same figures for the same seed", number, 1)
  .action((order: SimulationOrder) => void process.stdout.write(`${simulationTables(order)}\n`));

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
