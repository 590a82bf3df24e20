import { redact } from "../live/redact";
import { accountOf } from "./modelStore";
import type { ModelStore, TokenAuth } from "./modelStore";
import { ModelStoreError } from "./storeError";

/** Waits 0, 1, 3 and 7 s between tries; a service that is throttled or away for a moment is no failure. */
const RETRIES = { maxTries: 5, retryDelayInMs: 1000, maxRetryDelayInMs: 30_000 };
/** Without this the client has an agent of its own, which knows nothing of what a program trusts beside Node's own list. */
const OWN_AGENT = { enable: false };
/** A token is asked for anew after some minutes; whoever gives it knows how long it lasts. */
const TOKEN_KEPT_MS = 5 * 60_000;

/** Microsoft's client for a container, and for a blob in it. */
export type StoreClient = Awaited<ReturnType<typeof openStore>>;
export type BlobClient = ReturnType<StoreClient["getBlockBlobClient"]>;

/**
 * Microsoft's client for the container, loaded when it is first needed: most runs send nothing. It trusts what Node
 * trusts, `NODE_EXTRA_CA_CERTS` too, and obeys `HTTPS_PROXY` and `NO_PROXY`.
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
