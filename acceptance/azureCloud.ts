import { ClientSecretCredential, DefaultAzureCredential } from "@azure/identity";
import type { AccessToken, TokenCredential } from "@azure/identity";
import { azureAccess, RESOURCE_MANAGER } from "../conformance/azureConnection";
import type { Cloud } from "./cloud";

const RENEWED_BEFORE_MS = 5 * 60_000;

type Environment = Readonly<Record<string, string | undefined>>;

/** @throws Error that says how to sign in, or which variable is missing */
export async function azureCloud(environment: Environment): Promise<Cloud> {
  const subscriptionId = subscriptionOf(environment);
  const token = tokenSource(credentialOf(environment));
  await token().catch((error: unknown) => {
    const [reason = ""] = String(error instanceof Error ? error.message : error).split("\n");
    const todo = 'sign in with "az login", or set the ARM_ variables of a principal';
    throw new Error(`Azure gives no token, ${todo}: ${reason}`, { cause: error });
  });
  return {
    ...azureAccess(token),
    name: "azure",
    subscriptionId,
    env: { ARM_SUBSCRIPTION_ID: subscriptionId },
    steadily: (work) => work(),
    close: () => Promise.resolve(),
  };
}

/** Keeps a token until it is about to expire: to ask the Azure CLI for one takes a second. */
function tokenSource(credential: TokenCredential): () => Promise<string> {
  let kept: AccessToken | null = null;
  return async () => {
    if (kept === null || kept.expiresOnTimestamp - Date.now() < RENEWED_BEFORE_MS) {
      kept = await credential.getToken(`${RESOURCE_MANAGER}/.default`);
    }
    return kept?.token ?? "";
  };
}

/** The subscription to bill; it must be named, so none is billed by accident. */
function subscriptionOf(environment: Environment): string {
  const other = environment["ARM_METADATA_HOSTNAME"] ?? "";
  if (other !== "") {
    throw new Error(`ARM_METADATA_HOSTNAME leads azure-native to ${other} and not to Azure; unset it, or add --local`);
  }
  const id = environment["ARM_SUBSCRIPTION_ID"] ?? environment["AZURE_SUBSCRIPTION_ID"] ?? "";
  if (id !== "") return id;
  throw new Error(
    'ARM_SUBSCRIPTION_ID must name the subscription to use, such as "$(az account show --query id --output tsv)"',
  );
}

/** The principal that azure-native takes, or whoever has signed in. */
function credentialOf(environment: Environment): TokenCredential {
  const { ARM_TENANT_ID: tenant, ARM_CLIENT_ID: client, ARM_CLIENT_SECRET: secret } = environment;
  if (tenant !== undefined && client !== undefined && secret !== undefined) {
    return new ClientSecretCredential(tenant, client, secret);
  }
  return new DefaultAzureCredential(tenant === undefined ? {} : { tenantId: tenant });
}
