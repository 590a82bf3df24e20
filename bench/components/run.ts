import { startLocalAzure } from "azure-mlflow-rollout-local";
import { AzureClient } from "../../driver/azureClient";
import { createWorkspace } from "../../driver/heartWorkspace";
import { alignedTable } from "../../prove/common/alignedTable";
import { figuresOf, WORKS } from "./figures";
import type { Figure, Measured, Work } from "./figures";
import { Fleet } from "./fleet";

/** Virtual seconds in one real second: operations of minutes end at once. */
const SPEED = 100_000;

export interface ComponentsOrder {
  /** Numbers of components, from 1 upwards. */
  readonly sizes: readonly number[];
  /** The sizes are measured in turns, so that what else the machine does weighs on all of them. */
  readonly rounds: number;
  readonly json: boolean;
}

/** What a component adds to a stack, in time and in state; fails when that is out of reach. */
export async function benchComponents({ sizes, rounds, json }: ComponentsOrder): Promise<void> {
  const azure = new AzureClient(await startLocalAzure());
  const fleets: Fleet[] = [];
  try {
    await azure.clock({ speed: SPEED });
    await createWorkspace(azure);
    for (const size of sizes) {
      tell(`${size} components: up`);
      fleets.push(await Fleet.open(size, azure));
    }
    const [first, ...larger] = await measureAll(fleets, rounds);
    if (first === undefined) return;
    const figures = figuresOf(first, larger);
    if (json) for (const figure of figures) console.log(JSON.stringify(figure));
    else console.log(`${tableOf([first, ...larger])}\n${figuresTable(figures)}`);
    if (figures.some(({ ok }) => !ok)) process.exitCode = 1;
  } finally {
    for (const fleet of fleets) fleet.close();
    await azure.close();
  }
}

async function measureAll(fleets: readonly Fleet[], rounds: number): Promise<readonly Measured[]> {
  const times = fleets.map(() => ({ preview: [] as number[], step: [] as number[] }));
  for (let round = 1; round <= rounds; round += 1) {
    for (const [index, fleet] of fleets.entries()) {
      tell(`round ${round} of ${rounds}: ${fleet.count} components`);
      for (const work of WORKS) times[index]?.[work].push(await fleet[work]());
    }
  }
  const measured: Measured[] = [];
  for (const [index, fleet] of fleets.entries()) {
    const least = (work: Work): number => Math.min(...(times[index]?.[work] ?? []));
    const seconds = { preview: least("preview"), step: least("step") };
    const requests = await fleet.armRequests(() => fleet.preview());
    measured.push({ count: fleet.count, seconds, stateBytes: await fleet.stateBytes(), requests });
  }
  return measured;
}

function tableOf(stacks: readonly Measured[]): string {
  const rows = stacks.map(({ count, seconds, stateBytes, requests }) => [
    String(count),
    `${seconds.preview.toFixed(2)} s`,
    `${seconds.step.toFixed(2)} s`,
    `${(stateBytes / 1000).toFixed(0)} kB`,
    String(requests),
  ]);
  return alignedTable([["components", "preview", "step of one", "state", "requests of a preview"], ...rows]);
}

function figuresTable(figures: readonly Figure[]): string {
  const rows = figures.map(({ figure, ours, against, ratio, reach, ok }) => [
    figure,
    String(ours),
    String(against),
    String(ratio),
    reach,
    ok ? "ok" : "NOT",
  ]);
  return alignedTable([["what a component adds", "ours", "against", "ratio", "reach", ""], ...rows]);
}

/** Progress goes beside the result, so that the result can be piped. */
function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}
