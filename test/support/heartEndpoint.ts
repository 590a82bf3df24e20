import type { LocalAzureOptions } from "azure-mlflow-rollout-local";
import { createHeartEndpoint } from "../../driver/heartWorkspace";
import { Scoring } from "../../driver/scoring";
import { TestAzure } from "./localAzure";

/** Starts a local Azure with the endpoint of the committed models; the caller closes it. */
export async function startHeartEndpoint(
  options?: LocalAzureOptions,
): Promise<{ readonly azure: TestAzure; readonly endpoint: Scoring }> {
  const azure = await TestAzure.start(options);
  await createHeartEndpoint(azure);
  return { azure, endpoint: await Scoring.of(azure) };
}
