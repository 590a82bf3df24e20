import { startLocalAzure } from "azure-mlflow-rollout-local";
import { AzureClient, textAt } from "../driver/azureClient";
import { createHeartEndpoint, deploymentBody, ENDPOINT, endpointBody } from "../driver/heartWorkspace";

/** Twice as many may wait in each deployment. */
const MAX_CONCURRENT = 100;

/** The committed models behind one endpoint of a local Azure in this process, 90 % to blue and 10 % to green. */
export interface BenchEndpoint {
  readonly scoringUri: string;
  readonly key: string;
  /** Path of the certificate to trust. */
  readonly ca: string;
  /** Writes the weights: so many percent to green, the rest to blue. */
  weigh(green: number): Promise<void>;
  close(): Promise<void>;
}

export async function startBenchEndpoint(): Promise<BenchEndpoint> {
  const client = new AzureClient(await startLocalAzure());
  await client.clock({ freeze: true });
  await createHeartEndpoint(client);
  for (const [name, version] of [
    ["blue", "1"],
    ["green", "2"],
  ] as const) {
    const requestSettings = { maxConcurrentRequestsPerInstance: MAX_CONCURRENT };
    await client.operate(
      "PUT",
      `${ENDPOINT}/deployments/${name}`,
      deploymentBody(client, version, { requestSettings }),
    );
  }
  const weigh = async (green: number): Promise<void> => {
    const { status, body } = await client.operate(
      "PUT",
      ENDPOINT,
      endpointBody({ traffic: { blue: 100 - green, green } }),
    );
    if (status !== 200) throw new Error(`the weights are not written: ${JSON.stringify(body)}`);
  };
  await weigh(10);
  await client.clock({ speed: 1 });
  return {
    scoringUri: textAt((await client.arm("GET", ENDPOINT)).body, "properties.scoringUri"),
    key: textAt((await client.arm("POST", `${ENDPOINT}/listKeys`)).body, "primaryKey"),
    ca: client.azure.ca,
    weigh,
    close: () => client.close(),
  };
}
