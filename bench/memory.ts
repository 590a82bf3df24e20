import { startBenchEndpoint } from "./endpoint";
import { Load } from "./load";

const ROUNDS = 10;
const REQUESTS = 10_000;
const CONNECTIONS = 16;
const MB = 1024 * 1024;

/** Whether the server's memory grows with the requests it has answered. */
export async function benchMemory(): Promise<void> {
  const endpoint = await startBenchEndpoint();
  const load = new Load();
  let errors = 0;
  for (let round = 1; round <= ROUNDS; round++) {
    errors += (await load.send({ ...endpoint, requests: REQUESTS, connections: CONNECTIONS })).errors;
    const { rss, heapUsed } = process.memoryUsage();
    console.log(
      `${String(round * REQUESTS).padStart(7)} requests: ${(rss / MB).toFixed(0)} MB resident, ${(heapUsed / MB).toFixed(0)} MB of heap used`,
    );
  }
  console.log(`${errors} errors`);
  load.close();
  await endpoint.close();
  if (errors > 0) process.exitCode = 1;
}
