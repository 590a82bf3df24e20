import { startBenchEndpoint } from "./endpoint";
import { figureOf } from "./common/figure";
import type { Figure } from "./common/figure";
import type { BenchOrder } from "./common/part";
import { Load } from "./load";

const ROUNDS = 10;
const REQUESTS = 10_000;
const CONNECTIONS = 16;
const MB = 1024 * 1024;

/** Whether the server's memory grows with the requests it has answered. */
export async function benchMemory({ tell }: BenchOrder): Promise<readonly Figure[]> {
  const endpoint = await startBenchEndpoint();
  const load = new Load();
  const resident: number[] = [];
  let errors = 0;
  for (let round = 1; round <= ROUNDS; round++) {
    errors += (await load.send({ ...endpoint, requests: REQUESTS, connections: CONNECTIONS })).errors;
    const { rss } = process.memoryUsage();
    resident.push(rss / MB);
    tell(`${round * REQUESTS} requests: ${(rss / MB).toFixed(0)} MB resident`);
  }
  load.close();
  await endpoint.close();
  if (errors > 0) throw new Error(`${errors} requests were not answered`);
  return [
    figureOf({
      figure: `memory after ${ROUNDS * REQUESTS} requests`,
      ours: resident.at(-1) ?? 0,
      against: resident[1] ?? 0,
      rival: `after ${2 * REQUESTS}`,
      unit: "MB",
      limit: { most: 1.2 },
    }),
  ];
}
