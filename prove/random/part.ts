import { join } from "node:path";
import type { Part, PartContext, PartResult } from "../common/part";
import { Rows } from "../common/rows";
import { runCore } from "./coreRun";
import { runEngine } from "./engineRun";
import { seedOf } from "./runs";
import type { RandomRun } from "./runs";

const RUNS = { core: { run: runCore, changes: 1000 }, engine: { run: runEngine, changes: 50 } };

interface RandomRow extends RandomRun {
  readonly name: string;
}

export const random: Part = {
  name: "random",
  shows: "random legal changes under load: the weights are never dropped, no request is lost",
  run: proveRandom,
};

async function proveRandom({ folder, report }: PartContext): Promise<PartResult> {
  const seed = seedOf(process.env);
  report(`seed ${seed}`);
  const rows = new Rows<RandomRow>(join(folder, "rows.jsonl"), (row) => `${row.name} ${row.seed}`);
  const done: RandomRow[] = [];
  for (const [name, { run, changes }] of Object.entries(RUNS)) {
    const known = rows.find(`${name} ${seed}`);
    const row = known?.failures.length === 0 ? known : { name, ...(await run({ changes, seed, report })) };
    if (row !== known) rows.add(row);
    report(`${name}: ${row.changes} changes, ${row.writes} writes of the endpoint, ${row.requests} requests`);
    done.push(row);
  }
  const sum = (count: (row: RandomRow) => number): number => done.reduce((total, row) => total + count(row), 0);
  const lost = done.filter((row) => row.lost > 0).map((row) => `${row.name}: ${row.lost} requests lost`);
  return {
    figures: { randomChanges: sum((row) => row.changes), lostRequests: sum((row) => row.lost) },
    failures: [...done.flatMap(({ failures }) => failures), ...lost],
  };
}
