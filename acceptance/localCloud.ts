import { startLocalAzure } from "azure-mlflow-rollout-local";
import type { Readings } from "azure-mlflow-rollout-local";
import { RESOURCE_MANAGER, azureAccess } from "../conformance/azureConnection";
import { trusting } from "../conformance/localConnection";
import { AzureClient } from "../driver/azureClient";
import { seededRandom } from "../driver/scoring";
import type { Cloud } from "./cloud";

/** Virtual seconds in one real second: operations of minutes end at once. */
const SPEED = 100_000;

/** Non-default readings of the local Azure, each a difference that a run must find. */
export const PLANTED_DIFFERENCES = {
  omittedTrafficClears: false,
  zeroWeightsAnswered: false,
  deletedWeightStays: true,
} as const satisfies Partial<Readings>;

export type PlantedDifference = keyof typeof PLANTED_DIFFERENCES;

/** A local Azure in place of Azure, reached in the same way. */
export async function localCloud(plant?: PlantedDifference): Promise<Cloud & { readonly azure: AzureClient }> {
  const readings = plant === undefined ? {} : { [plant]: PLANTED_DIFFERENCES[plant] };
  const azure = new AzureClient(await startLocalAzure({ random: seededRandom(2026), ...readings }));
  await azure.clock({ speed: SPEED });
  const { url, ca, env, subscriptionId } = azure.azure;
  const transport = {
    fetch: async (address: string, { method = "GET", headers, body }: RequestInit): Promise<Response> => {
      const sent = { headers: headers as Record<string, string>, ...(body !== undefined && { body }) };
      const answer = await azure.send(method, address.replace(RESOURCE_MANAGER, url), sent);
      const text = typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body);
      const named = Object.entries(answer.headers).map(([name, value]): [string, string] => [name, String(value)]);
      return new Response(answer.status === 204 ? null : text, { status: answer.status, headers: named });
    },
    wait: (seconds: number) => azure.advance(seconds),
  };
  let token: Promise<string> | undefined;
  return {
    ...azureAccess(() => (token ??= azure.token()), transport),
    name: "local",
    azure,
    subscriptionId,
    env,
    ca,
    blobOptions: trusting(ca),
    steadily: async (work) => {
      await azure.clock({ freeze: true });
      try {
        return await work();
      } finally {
        await azure.clock({ speed: SPEED });
      }
    },
    close: () => azure.close(),
  };
}
