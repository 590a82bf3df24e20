import { startLocalAzure } from "azure-mlflow-rollout-local";
import { AzureClient } from "../driver/azureClient";
import { GROUP, LOCATION, STORAGE } from "../driver/heartWorkspace";
import { LocalAzureProcess } from "../driver/localAzureProcess";
import { figureOf, sampleOf } from "./common/figure";
import type { Figure } from "./common/figure";
import type { BenchOrder } from "./common/part";

const REQUESTS = 500;
const RESOURCES = 10_000;
const AT_ONCE = 16;

/** Start, answers and memory of the local Azure ML. */
export async function benchLocalAzure({ rounds, tell }: BenchOrder): Promise<readonly Figure[]> {
  const starts: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const started = performance.now();
    const azure = await startLocalAzure();
    starts.push(performance.now() - started);
    await azure.close();
  }
  tell(`${RESOURCES} resources`);
  const server = await LocalAzureProcess.start(1);
  const client = new AzureClient({ ...server.settings, close: () => Promise.resolve() });
  try {
    await client.arm("PUT", GROUP, { location: LOCATION });
    const requests = await answers(client);
    await fill(client);
    return [
      atMost("start of the local Azure", starts, 1000, "ms"),
      atMost("request to the local Resource Manager, median", requests, 5, "ms"),
      atMost(`memory with ${RESOURCES} resources, at its peak`, [await server.peakMemory()], 400, "MB"),
    ];
  } finally {
    await client.close();
    await server.stop();
  }
}

async function answers(client: AzureClient): Promise<readonly number[]> {
  await client.arm("GET", GROUP);
  const times: number[] = [];
  for (let sent = 0; sent < REQUESTS; sent += 1) {
    const started = performance.now();
    await client.arm("GET", GROUP);
    times.push(performance.now() - started);
  }
  return times;
}

async function fill(client: AzureClient): Promise<void> {
  let next = 0;
  const writer = async (): Promise<void> => {
    for (let index = next++; index < RESOURCES; index = next++) {
      const body = { location: LOCATION, kind: "StorageV2", sku: { name: "Standard_LRS" }, properties: {} };
      const { status } = await client.arm("PUT", `${STORAGE}${index}`, body);
      if (status >= 300) throw new Error(`the local Azure answers ${status} to resource ${index}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, writer));
}

function atMost(figure: string, values: readonly number[], most: number, unit: string): Figure {
  return figureOf({
    figure,
    ours: sampleOf(values),
    against: most,
    rival: "what is wanted",
    unit,
    limit: { most: 1 },
  });
}
