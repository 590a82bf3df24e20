import { startLocalAzure } from "azure-mlflow-rollout-local";
import { AzureClient } from "../../driver/azureClient";
import { ENDPOINT, createWorkspace, registerModel } from "../../driver/heartWorkspace";
import { changeUnderLoad } from "./changeUnderLoad";
import { FIRST } from "./changes";
import { CoreRollout } from "./core";
import { FreshTokenClient } from "./freshTokenClient";
import type { RandomRun, RandomRunOptions } from "./runs";

/** Random changes on the core, without the engine. */
export async function runCore(options: RandomRunOptions): Promise<RandomRun> {
  const client = new AzureClient(await startLocalAzure());
  await client.clock({ freeze: true });
  const operator = new FreshTokenClient(client);
  const core = new CoreRollout(operator, () => new Date());
  try {
    await createWorkspace(client);
    await registerModel(client, "1", "blue");
    await registerModel(client, "2", "green");
    await core.apply(FIRST);
    const apply = core.apply.bind(core);
    return await changeUnderLoad({ ...options, operator, endpoint: ENDPOINT, apply, name: "core" });
  } finally {
    await client.close();
  }
}
