import { setTimeout as sleep } from "node:timers/promises";
import { ClientSecretCredential } from "@azure/identity";
import type { Answer, Sent } from "../driver/azureClient";
import type { AzureCredential, AzureSettings } from "./azureSettings";
import type { AzureAccess, Connection } from "./target/connection";

export const RESOURCE_MANAGER = "https://management.azure.com";
const MOST_ATTEMPTS = 6;
const PAUSE_SECONDS = 30;

/** HTTP and waiting; replaced in tests. */
export interface Transport {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly wait: (seconds: number) => Promise<void>;
}

const REAL_TRANSPORT: Transport = {
  fetch: (url, init) => fetch(url, init),
  wait: async (seconds) => {
    await sleep(seconds * 1000);
  },
};

export function azureConnection(settings: AzureSettings, transport: Transport = REAL_TRANSPORT): Connection {
  const { subscriptionId, resourceGroup, workspace, instanceType } = settings;
  const group = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}`;
  return {
    ...azureAccess(tokenSource(settings.credential), transport),
    workspace: `${group}/providers/Microsoft.MachineLearningServices/workspaces/${workspace}`,
    instanceType,
  };
}

/** @param token - gives an access token for Azure Resource Manager */
export function azureAccess(token: () => Promise<string>, transport: Transport = REAL_TRANSPORT): AzureAccess {
  return {
    resourceManager: RESOURCE_MANAGER,
    pollSeconds: 10,
    settleSeconds: 20,
    blobOptions: {},
    send: (method, url, sent) => send(transport, method, url, sent),
    token,
    wait: (seconds) => transport.wait(seconds),
  };
}

/** Retries throttled requests and failed reads of Azure Resource Manager; never an endpoint's answers. */
async function send(
  transport: Transport,
  method: string,
  url: string,
  { headers = {}, body }: Sent = {},
): Promise<Answer> {
  const payload = body === undefined || typeof body === "string" ? body : JSON.stringify(body);
  for (let attempt = 1; ; attempt++) {
    const response = await transport.fetch(url, { method, headers, ...(payload !== undefined && { body: payload }) });
    const isTransient = response.status === 429 || (method === "GET" && response.status >= 500);
    const isRepeated = isTransient && url.startsWith(RESOURCE_MANAGER) && attempt < MOST_ATTEMPTS;
    if (!isRepeated) return toAnswer(response);
    await response.body?.cancel();
    await transport.wait(Number(response.headers.get("retry-after") ?? PAUSE_SECONDS));
  }
}

async function toAnswer(response: Response): Promise<Answer> {
  const text = await response.text();
  const isJson = text !== "" && /json/.test(response.headers.get("content-type") ?? "");
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: isJson ? (JSON.parse(text) as unknown) : text,
  };
}

function tokenSource(credential: AzureCredential): () => Promise<string> {
  if ("accessToken" in credential) return () => Promise.resolve(credential.accessToken);
  const { tenantId, clientId, clientSecret } = credential;
  // It caches a token until it is about to expire.
  const source = new ClientSecretCredential(tenantId, clientId, clientSecret);
  return async () => (await source.getToken(`${RESOURCE_MANAGER}/.default`)).token;
}
