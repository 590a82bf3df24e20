import { redact } from "../live/redact";
import { accountOf } from "./modelStore";
import type { ModelStore } from "./modelStore";

/** What the storage of a workspace refuses, in one line that says what is missing. */
export class ModelStoreError extends Error {
  override readonly name = "ModelStoreError";
}

/** How the client tells a refusal, or that there is no answer. */
interface ClientError {
  readonly statusCode?: number;
  readonly code?: string;
  readonly message: string;
}

const ROLE = 'the role "Storage Blob Data Contributor"';
const KEYS = "Microsoft.Storage/storageAccounts/listKeys/action";

/** Runs a request; every failure of it becomes a line. */
export async function askStore<T>(store: ModelStore, ask: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    signal?.throwIfAborted();
    throw storeError(store, error);
  }
}

/** The error itself when it is no failure of a request. */
function storeError(store: ModelStore, error: unknown): unknown {
  if (!(error instanceof Error) || error.name !== "RestError") return error;
  return new ModelStoreError(`${placeOf(store)}: ${reasonOf(store, error)}`);
}

function placeOf(store: ModelStore): string {
  return `datastore ${store.datastoreName} (container ${store.containerName} of storage account ${accountOf(store)})`;
}

function reasonOf(store: ModelStore, { code = "", statusCode, message }: ClientError): string {
  const account = accountOf(store);
  switch (code) {
    case "AuthorizationPermissionMismatch":
      return `whoever runs this lacks ${ROLE} on storage account ${account}; where the account takes keys, ${KEYS} will do`;
    case "AuthorizationFailure":
      return `the network rules (firewall) of storage account ${account} do not let this machine in${"key" in store.auth ? "" : `, or whoever runs this lacks ${ROLE} on it`}`;
    case "KeyBasedAuthenticationNotPermitted":
      return `storage account ${account} takes no account keys; whoever runs this needs ${ROLE} on it`;
    case "AuthenticationFailed":
      return "key" in store.auth
        ? `storage account ${account} does not accept the account key: it was replaced, or the clock of this machine is wrong`
        : `storage account ${account} does not accept the token, which must be for https://storage.azure.com and of the account's tenant`;
    case "InvalidAuthenticationInfo":
    case "NoAuthenticationInformation":
      return `storage account ${account} does not accept the token, which must be for https://storage.azure.com and of the account's tenant`;
    case "ContainerNotFound":
      return "there is no such container; create it, or give the workspace another default datastore";
    case "ResourceNotFound":
      return "there is no such storage account";
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return `the name ${hostOf(store)} is not known here (${code}); behind a private endpoint it is known inside the network only`;
    default:
      if (statusCode !== undefined) {
        return code === ""
          ? `${hostOf(store)}, or a proxy before it, answers ${statusCode}`
          : `the storage answers ${statusCode} ${code}`;
      }
      return isDistrusted(code)
        ? `the certificate of ${hostOf(store)} is not trusted (${code}); name the CA in NODE_EXTRA_CA_CERTS`
        : `${hostOf(store)} does not answer: ${redact(firstLine(message))}`;
  }
}

/** Codes of OpenSSL, as Node gives them. */
function isDistrusted(code: string): boolean {
  return /CERT|SELF_SIGNED|UNABLE_TO_/.test(code);
}

function hostOf({ blobEndpoint }: ModelStore): string {
  return new URL(blobEndpoint).host;
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? "";
}
