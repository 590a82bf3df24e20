import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { readModelFolder } from "../../../components/models/folder";
import { accountOf, readText, askStore, ModelStoreError } from "../../../components/models/modelStore";
import type { ModelStore } from "../../../components/models/modelStore";
import { planUpload, uploadFolder } from "../../../components/models/upload";
import { STORAGE, storageBody } from "../../../driver/heartWorkspace";
import { startStore } from "../../support/modelStore";
import type { StoreUnderTest } from "../../support/modelStore";
import { temporaryFolder } from "../../support/temporaryFolder";

const STORE: ModelStore = {
  datastoreName: "workspaceblobstore",
  blobEndpoint: "https://heartstorage.blob.core.windows.net/",
  containerName: "azureml",
  auth: { key: "key" },
};
const PLACE = "datastore workspaceblobstore (container azureml of storage account heartstorage): ";
const ROLE = 'the role "Storage Blob Data Contributor"';
const TOKEN_REFUSED =
  "storage account heartstorage does not accept the token, which must be for https://storage.azure.com and of the account's tenant";

/** As the client throws it. */
function restError(statusCode: number | undefined, code?: string, message = "no"): Error {
  return Object.assign(new Error(message), { name: "RestError", statusCode, code });
}

describe("what the storage refuses is a line that says what is missing", () => {
  test.each([
    [
      403,
      "AuthorizationPermissionMismatch",
      `whoever runs this lacks ${ROLE} on storage account heartstorage; where the account takes keys, Microsoft.Storage/storageAccounts/listKeys/action will do`,
    ],
    [
      403,
      "AuthorizationFailure",
      "the network rules (firewall) of storage account heartstorage do not let this machine in",
    ],
    [
      403,
      "KeyBasedAuthenticationNotPermitted",
      `storage account heartstorage accepts no account keys; whoever runs this needs ${ROLE} on it`,
    ],
    [
      403,
      "AuthenticationFailed",
      "storage account heartstorage does not accept the account key: it was replaced, or the clock of this machine is wrong",
    ],
    [401, "InvalidAuthenticationInfo", TOKEN_REFUSED],
    [
      404,
      "ContainerNotFound",
      "there is no such container; create it, or give the workspace another default datastore",
    ],
    [409, "BlobImmutableDueToPolicy", "the storage answers 409 BlobImmutableDueToPolicy"],
    [407, undefined, "heartstorage.blob.core.windows.net, or a proxy before it, answers 407"],
    [
      undefined,
      "ENOTFOUND",
      "the name heartstorage.blob.core.windows.net is not known here (ENOTFOUND); behind a private endpoint it is known inside the network only",
    ],
    [
      undefined,
      "SELF_SIGNED_CERT_IN_CHAIN",
      "the certificate of heartstorage.blob.core.windows.net is not trusted (SELF_SIGNED_CERT_IN_CHAIN); name the CA in NODE_EXTRA_CA_CERTS",
    ],
    [undefined, "ECONNRESET", "heartstorage.blob.core.windows.net does not answer: no"],
  ])("%s %s", async (status, code, line) => {
    await expect(askStore(STORE, () => Promise.reject(restError(status, code)))).rejects.toThrow(
      new ModelStoreError(`${PLACE}${line}`),
    );
  });

  test("and of what a token lacks it names both causes that the answer leaves open", async () => {
    const store = { ...STORE, auth: { token: () => Promise.resolve("token") } };
    await expect(askStore(store, () => Promise.reject(restError(403, "AuthorizationFailure")))).rejects.toThrow(
      `do not let this machine in, or whoever runs this lacks ${ROLE} on it`,
    );
  });

  test("without what looks like a secret, and without further lines", async () => {
    const message = `connect to https://user:secret@proxy:8080\nRequest: authorization`;
    const asked = askStore(STORE, () => Promise.reject(restError(undefined, "EPROTO", message)));
    await expect(asked).rejects.toThrow(
      `${PLACE}heartstorage.blob.core.windows.net does not answer: connect to https://user:[redacted]@proxy:8080`,
    );
  });
});

test.each([
  ["https://heartstorage.blob.core.windows.net/", "heartstorage"],
  ["https://heartstorage.z5.blob.storage.azure.net/", "heartstorage"],
  ["https://localhost:8443/blob/heartstorage/", "heartstorage"],
])("the account of %s is %s", (blobEndpoint, account) => {
  expect(accountOf({ blobEndpoint })).toBe(account);
});

describe("a local Azure", () => {
  let under: StoreUnderTest;
  beforeAll(async () => {
    under = await startStore();
  });
  afterAll(() => under.azure.close());

  const plan = async (changed: Partial<ModelStore>) =>
    planUpload({ ...under.store, ...changed }, "heart/1", await readModelFolder(temporaryFolder({ MLmodel: "x" })));

  test("says which container is not there", async () => {
    await expect(plan({ containerName: "none" })).rejects.toThrow(
      "datastore workspaceblobstore (container none of storage account heartstorage): there is no such container",
    );
    await expect(readText({ ...under.store, containerName: "none" }, "MLmodel")).rejects.toThrow(
      "there is no such container",
    );
  });

  test("refuses another key, and a token for something else", async () => {
    const key = Buffer.from("another").toString("base64");
    await expect(plan({ auth: { key } })).rejects.toThrow("does not accept the account key");
    await expect(plan({ auth: { token: () => under.azure.token() } })).rejects.toThrow(TOKEN_REFUSED);
    const token = () => Promise.reject(new Error("az login first; client_secret=hush"));
    await expect(plan({ auth: { token } })).rejects.toThrow(
      new ModelStoreError("no token for storage: az login first; client_secret=[redacted]"),
    );
  });

  test("refuses every key where keys are off", async () => {
    await under.azure.arm("PUT", STORAGE, { ...storageBody(), properties: { allowSharedKeyAccess: false } });
    const folder = await readModelFolder(temporaryFolder({ MLmodel: "x" }));
    await expect(uploadFolder(under.store, "heart/1", folder, () => undefined)).rejects.toThrow(
      `accepts no account keys; whoever runs this needs ${ROLE} on it`,
    );
  });

  test("that is not there is said to be so", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      const said: string[] = [];
      const planned = plan({ blobEndpoint: "https://localhost:1/blob/heartstorage/" });
      void planned.then(() => "reached", String).then((text) => said.push(text));
      // Between two tries the client waits for seconds.
      while (said.length === 0) {
        await vi.advanceTimersByTimeAsync(1000);
        await new Promise((resolve) => setImmediate(resolve));
      }
      expect(said).toEqual([expect.stringContaining("localhost:1 does not answer: connect ECONNREFUSED")]);
    } finally {
      vi.useRealTimers();
    }
  });
});
