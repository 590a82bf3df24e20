import { startLocalAzure } from "azure-mlflow-rollout-local";
import { AzureClient, textAt } from "../driver/azureClient";
import { createHeartEndpoint, deploymentBody, ENDPOINT, endpointBody } from "../driver/heartWorkspace";

export const SHARE_OF_GREEN = 0.1;
/** Twice as many may wait in each deployment. */
const MAX_CONCURRENT = 100;

/** The committed models behind one endpoint of a local Azure in this process, 90 % to blue and 10 % to green. */
export interface BenchEndpoint {
  readonly scoringUri: string;
  readonly key: string;
  /** Path of the certificate to trust. */
  readonly ca: string;
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
  const green = SHARE_OF_GREEN * 100;
  await client.operate("PUT", ENDPOINT, endpointBody({ traffic: { blue: 100 - green, green } }));
  await client.clock({ speed: 1 });
  return {
    scoringUri: textAt((await client.arm("GET", ENDPOINT)).body, "properties.scoringUri"),
    key: textAt((await client.arm("POST", `${ENDPOINT}/listKeys`)).body, "primaryKey"),
    ca: client.azure.ca,
    close: () => client.close(),
  };
}
