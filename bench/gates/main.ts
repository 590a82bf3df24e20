import { Command, InvalidArgumentError } from "commander";
import { simulationTables } from "./table";
import type { SimulationOrder } from "./table";

const program = new Command("simulate")
  .description("How soon gates stop a bad candidate, how often a good one, and whether the bound of bad answers holds")
  .option("--rollouts <number>", "simulated rollouts of each candidate", number, 1000)
  .option("--steps <number>", "simulated steps of each bound", number, 10_000)
  .option("--seed <number>", "the same figures for the same seed", number, 1)
  .action((order: SimulationOrder) => void process.stdout.write(`${simulationTables(order)}\n`));

function number(text: string): number {
  if (/^[1-9]\d{0,4}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("It must be a whole number from 1 to 99999.");
}

program.parse();
