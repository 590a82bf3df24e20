import { join } from "node:path";
import { ResourceGroup } from "@pulumi/azure-native/resources/resourceGroup";
import { startLocalAzure } from "azure-mlflow-rollout-local";
import { ProgressiveMlflowEndpoint } from "azure-mlflow-rollout";
import { HeartStack } from "../../driver/stack";
import { AzureClient, textAt } from "../../driver/azureClient";
import { changeUnderLoad } from "./changeUnderLoad";
import { FIRST } from "./changes";
import type { Declared } from "./changes";
import { FreshTokenClient } from "./freshTokenClient";
import type { RandomRun, RandomRunOptions } from "./runs";
import { MODELS } from "../../driver/paths";

/** Virtual seconds in one real second: operations of minutes end at once, and a token is good for a request. */
const SPEED = 10_000;

/** Random changes through the real engine. */
export async function runEngine(options: RandomRunOptions): Promise<RandomRun> {
  const client = new AzureClient(await startLocalAzure({ speed: SPEED }));
  let declared = FIRST;
  const stack = await HeartStack.open(client.azure.env, async () => declare(declared));
  const apply = async (next: Declared): Promise<void> => {
    declared = next;
    await stack.up();
  };
  try {
    await apply(FIRST);
    const endpoint = textAt(await stack.outputs(), "endpointId");
    return await changeUnderLoad({
      ...options,
      operator: new FreshTokenClient(client),
      endpoint,
      apply,
      name: "engine",
    });
  } finally {
    stack.close();
    await client.close();
  }
}

function declare(declared: Declared): Record<string, unknown> {
  const { deployments, traffic, mirrorTraffic, tags, authMode, publicNetworkAccess } = declared;
  const { name: resourceGroupName } = new ResourceGroup("heart-classifier");
  const versions = { "1": { path: join(MODELS, "blue") }, "2": { path: join(MODELS, "green") } };
  const heart = new ProgressiveMlflowEndpoint("heart", {
    resourceGroupName,
    model: { name: "heart-classifier", versions },
    deployments: Object.fromEntries(
      Object.entries(deployments).map(([name, { version, instances }]) => [
        name,
        { modelVersion: version, instanceCount: instances },
      ]),
    ),
    ...{ traffic, mirrorTraffic, tags, authMode, publicNetworkAccess },
    // Some changes add a deployment with a part of the traffic.
    policy: { maxInitialWeight: 100 },
  });
  return { endpointId: heart.endpointId };
}
