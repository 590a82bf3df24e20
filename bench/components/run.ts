import { startLocalAzure } from "azure-mlflow-rollout-local";
import { AzureClient } from "../../driver/azureClient";
import { createWorkspace } from "../../driver/heartWorkspace";
import type { Figure } from "../common/figure";
import type { BenchOrder } from "../common/part";
import { figuresOf, WORKS } from "./figures";
import type { Measured, Work } from "./figures";
import { Fleet } from "./fleet";

/** Virtual seconds in one real second: operations of minutes end at once. */
const SPEED = 100_000;

/** What a component adds to a stack, in time and in state. */
export async function benchComponents({ sizes, rounds, tell }: BenchOrder): Promise<readonly Figure[]> {
  const azure = new AzureClient(await startLocalAzure());
  const fleets: Fleet[] = [];
  try {
    await azure.clock({ speed: SPEED });
    await createWorkspace(azure);
    for (const size of sizes) {
      tell(`${size} components: up`);
      fleets.push(await Fleet.open(size, azure));
    }
    const [first, ...larger] = await measureAll(fleets, rounds, tell);
    return first === undefined ? [] : figuresOf(first, larger);
  } finally {
    for (const fleet of fleets) fleet.close();
    await azure.close();
  }
}

async function measureAll(
  fleets: readonly Fleet[],
  rounds: number,
  tell: BenchOrder["tell"],
): Promise<readonly Measured[]> {
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
