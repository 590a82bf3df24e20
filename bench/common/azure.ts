import { findEngine, startLocalAzure } from "azure-mlflow-rollout-local";
import { AzureClient } from "../../driver/azureClient";
import { WORKSPACE, armIdOf, createWorkspace, registerModel } from "../../driver/heartWorkspace";

/** Virtual seconds in one real second: operations of minutes end at the first look. */
const SPEED = 100_000;

/** A local Azure with a workspace and both models of the example, and the engine's variables for it. */
export interface BenchAzure {
  readonly azure: AzureClient;
  readonly env: Readonly<Record<string, string>>;
  /** ARM ids of the registered versions, 1 and 2. */
  readonly models: readonly [string, string];
  /** When the endpoint was last written, as `performance.now()` has it. */
  writtenAt(): number;
  /** The same of the first request since a moment; undefined while there is none. */
  firstAskedSince(moment: number): number | undefined;
}

export async function startBenchAzure(): Promise<BenchAzure> {
  const engine = await findEngine();
  if (engine === undefined) throw new Error('there is no Pulumi engine; run "npm run setup"');
  let writtenAt = 0;
  const askedAt: number[] = [];
  const azure = new AzureClient(
    await startLocalAzure({
      onExchange: ({ method, path }) => {
        askedAt.push(performance.now());
        if (method === "PUT" && /\/onlineEndpoints\/[^/]+$/i.test(path)) writtenAt = performance.now();
      },
    }),
  );
  await azure.clock({ speed: SPEED });
  await createWorkspace(azure);
  await registerModel(azure, "1", "blue");
  await registerModel(azure, "2", "green");
  const id = (version: string): string => armIdOf(azure, `${WORKSPACE}/models/heart-classifier/versions/${version}`);
  return {
    azure,
    env: { ...azure.azure.env, ...engine.env },
    models: [id("1"), id("2")],
    writtenAt: () => writtenAt,
    firstAskedSince: (moment) => askedAt.find((time) => time >= moment),
  };
}

/** What clients asked of Azure Resource Manager while work was done, as `GET onlineEndpoints/heart`, polls included. */
export async function armRequests(azure: AzureClient, work: () => Promise<unknown>) {
  const before = (await azure.trace("kind=arm")).at(-1)?.seq ?? 0;
  await work();
  return azure.trace(`kind=arm&since=${before}`);
}
