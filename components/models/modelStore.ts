import { redact } from "../values/redact";

/** Waits 0, 1, 3 and 7 s between tries; brief throttling or downtime is not a failure. */
const RETRIES = { maxTries: 5, retryDelayInMs: 1000, maxRetryDelayInMs: 30_000 };
/**
 * Without this the client uses its own agent, which ignores the certificates that a program trusts besides Node's list.
 */
const OWN_AGENT = { enable: false };
/** A token is requested again after some minutes; the token source knows how long it lasts. */
const TOKEN_KEPT_MS = 5 * 60_000;

/** Microsoft's client for a container, and for a blob in it. */
export type StoreClient = Awaited<ReturnType<typeof openStore>>;
export type BlobClient = ReturnType<StoreClient["getBlockBlobClient"]>;

/**
 * Microsoft's client for the container, loaded on first use: most runs upload nothing. It trusts what Node trusts,
 * including `NODE_EXTRA_CA_CERTS`, and honours `HTTPS_PROXY` and `NO_PROXY`.
 */
export async function openStore(store: ModelStore) {
  const { BlobServiceClient, StorageSharedKeyCredential } = await import("@azure/storage-blob");
  const { auth, blobEndpoint, containerName } = store;
  const credential =
    "key" in auth
      ? new StorageSharedKeyCredential(accountOf(store), auth.key)
      : { getToken: async () => ({ token: await tokenOf(auth), expiresOnTimestamp: Date.now() + TOKEN_KEPT_MS }) };
  const url = blobEndpoint.replace(/\/$/, "");
  const options = { retryOptions: RETRIES, keepAliveOptions: OWN_AGENT };
  return new BlobServiceClient(url, credential, options).getContainerClient(containerName);
}

async function tokenOf({ token }: TokenAuth): Promise<string> {
  try {
    return await token();
  } catch (error) {
    throw new ModelStoreError(
      `no token for storage: ${redact(error instanceof Error ? error.message : String(error))}`,
    );
  }
}

/** Where the model files of a workspace are: the blob container of its default datastore. */
export interface ModelStore {
  readonly datastoreName: string;
  /** Of the storage account, its `primaryEndpoints.blob`: `https://{account}.blob.{suffix}/`, or `https://{host}/{path}/{account}/`. */
  readonly blobEndpoint: string;
  readonly containerName: string;
  /** An account key, or a source of Microsoft Entra tokens for `https://storage.azure.com`. */
  readonly auth: StoreAuth;
}

type StoreAuth = KeyAuth | TokenAuth;

interface KeyAuth {
  readonly key: string;
}

interface TokenAuth {
  readonly token: () => Promise<string>;
}

/** The name of the storage account: the first label of the host, or the last part of the path where there is one. */
export function accountOf({ blobEndpoint }: Pick<ModelStore, "blobEndpoint">): string {
  const { hostname, pathname } = new URL(blobEndpoint);
  const inPath = pathname.split("/").findLast((part) => part !== "");
  return inPath ?? hostname.split(".")[0] ?? "";
}

/**
 * The text of a blob.
 *
 * @param blob its name in the container
 * @returns undefined when there is no such blob
 * @throws ModelStoreError for what the storage refuses
 */
export async function readText(store: ModelStore, blob: string): Promise<string | undefined> {
  return askStore(store, async () => {
    const container = await openStore(store);
    try {
      const { readableStreamBody } = await container.getBlobClient(blob).download();
      const chunks: Buffer[] = [];
      for await (const chunk of readableStreamBody ?? []) chunks.push(Buffer.from(chunk));
      return Buffer.concat(chunks).toString("utf8");
    } catch (error) {
      if ((error as { readonly code?: string }).code === "BlobNotFound") return undefined;
      throw error;
    }
  });
}

/** A refusal by the workspace's storage, in one line that says what is missing. */
export class ModelStoreError extends Error {
  override readonly name = "ModelStoreError";
}

/** The client's error for a refusal or a missing answer. */
interface ClientError {
  readonly statusCode?: number;
  readonly code?: string;
  readonly message: string;
}

const ROLE = 'the role "Storage Blob Data Contributor"';
const KEYS = "Microsoft.Storage/storageAccounts/listKeys/action";

/** Runs a request; turns any failure into one line. */
export async function askStore<T>(store: ModelStore, ask: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    signal?.throwIfAborted();
    throw storeError(store, error);
  }
}

/** The error itself when it is not a failed request. */
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
      return `storage account ${account} accepts no account keys; whoever runs this needs ${ROLE} on it`;
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
