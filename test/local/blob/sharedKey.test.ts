import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { ClientSecretCredential } from "@azure/identity";
import { BlobServiceClient } from "@azure/storage-blob";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { blobService, createWorkspaceParts, STORAGE, storageBody } from "../../../driver/heartWorkspace";
import { TestAzure, textAt, valueAt } from "../../support/localAzure";

const CONTAINER = "/blob/heartstorage/models";
const CHALLENGE =
  /^Bearer authorization_uri=https:\/\/localhost:\d+\/common\/oauth2\/authorize resource_id=https:\/\/storage\.azure\.com$/;
let azure: TestAzure;
beforeAll(async () => {
  azure = await TestAzure.start();
  await createWorkspaceParts(azure);
  await (await blobService(azure)).createContainer("models");
});
afterAll(() => azure.close());

const code = (answer: { readonly headers: Record<string, unknown> }): unknown => answer.headers["x-ms-error-code"];

describe("a token", () => {
  test("for storage opens every account to Microsoft's client", async () => {
    const { url, tenantId, clientId, clientSecret, ca } = azure.azure;
    const tlsOptions = { ca: readFileSync(ca) };
    const authority = { authorityHost: url, disableInstanceDiscovery: true, tlsOptions };
    const credential = new ClientSecretCredential(tenantId, clientId, clientSecret, authority);
    const options = { tlsOptions, retryOptions: { maxTries: 1 } };
    const service = new BlobServiceClient(`${url}/blob/heartstorage`, credential, options);
    const blob = service.getContainerClient("models").getBlockBlobClient("by-token");
    await blob.upload("x", 1);
    expect((await blob.downloadToBuffer()).toString()).toBe("x");
  });

  test.each<[string, string | undefined, string, string]>([
    ["for something else", undefined, "2024-11-04", "InvalidAuthenticationInfo"],
    ["with a version before tokens", "https://storage.azure.com/.default", "2017-04-17", "InvalidAuthenticationInfo"],
  ])("%s is refused, and the answer says what it must be for", async (_, scope, version, expected) => {
    const headers = { authorization: `Bearer ${await azure.token(scope)}`, "x-ms-version": version };
    const answer = await azure.send("GET", `${CONTAINER}?restype=container`, { headers });
    expect(answer.status).toBe(401);
    expect(code(answer)).toBe(expected);
    expect(answer.headers["www-authenticate"]).toMatch(CHALLENGE);
  });
});

test("a request without authorization is told what it needs", async () => {
  const answer = await azure.send("GET", `${CONTAINER}?restype=container`);
  expect(answer.status).toBe(401);
  expect(code(answer)).toBe("NoAuthenticationInformation");
  expect(answer.headers["www-authenticate"]).toMatch(CHALLENGE);
});

/** Signs as the documentation says, apart from the client: "Authorize with Shared Key". */
const signed = async (date: Date): Promise<Record<string, string>> => {
  const key = textAt((await azure.arm("POST", `${STORAGE}/listKeys`)).body, "keys.0.value");
  const stamp = date.toUTCString();
  const text = `GET\n\n\n\n\n\n\n\n\n\n\n\nx-ms-date:${stamp}\nx-ms-version:2024-11-04\n/heartstorage${CONTAINER}\nrestype:container`;
  const signature = createHmac("sha256", Buffer.from(key, "base64")).update(text).digest("base64");
  return {
    authorization: `SharedKey heartstorage:${signature}`,
    "x-ms-date": stamp,
    "x-ms-version": "2024-11-04",
    // Not part of the signature where x-ms-date is given.
    date: new Date(0).toUTCString(),
  };
};

describe("a signature", () => {
  test.each([
    ["now", 0, 200],
    ["14 minutes ago", -14, 200],
    ["16 minutes ago", -16, 403],
    ["16 minutes ahead", 16, 403],
  ])("of %s is answered %3$i", async (_, minutes, status) => {
    const headers = await signed(new Date(Date.now() + minutes * 60_000));
    expect((await azure.send("GET", `${CONTAINER}?restype=container`, { headers })).status).toBe(status);
  });

  test("with a key that was replaced is refused", async () => {
    const before = await blobService(azure);
    const { body } = await azure.arm("POST", `${STORAGE}/regenerateKey`, { keyName: "key1" });
    expect(valueAt(body, "keys")).toHaveLength(2);
    await expect(before.getContainerClient("models").getProperties()).rejects.toMatchObject({ statusCode: 403 });
    expect(await (await blobService(azure)).getContainerClient("models").exists()).toBe(true);
    expect(await azure.arm("POST", `${STORAGE}/regenerateKey`, { keyName: "key3" })).toMatchObject({ status: 400 });
  });

  test("is refused by an account that takes tokens only", async () => {
    await azure.arm("PUT", STORAGE, { ...storageBody(), properties: { allowSharedKeyAccess: false } });
    const service = await blobService(azure);
    await expect(service.getContainerClient("models").getProperties()).rejects.toMatchObject({
      statusCode: 403,
      code: "KeyBasedAuthenticationNotPermitted",
    });
    const headers = {
      authorization: `Bearer ${await azure.token("https://storage.azure.com/.default")}`,
      "x-ms-version": "2024-11-04",
    };
    expect((await azure.send("GET", `${CONTAINER}?restype=container`, { headers })).status).toBe(200);
  });
});

describe("with a token", () => {
  test.each([
    ["another kind of blob", "PUT", `${CONTAINER}/a`, { "x-ms-blob-type": "PageBlob" }, 400, "InvalidHeaderValue"],
    ["a blob of no kind", "PUT", `${CONTAINER}/a`, {}, 400, "MissingRequiredHeader"],
    ["a copy", "PUT", `${CONTAINER}/a`, { "x-ms-copy-source": "https://x" }, 400, "InvalidHeaderValue"],
    ["a lease", "PUT", `${CONTAINER}/a?comp=lease`, {}, 400, "UnsupportedQueryParameter"],
    ["a version of another form", "GET", `${CONTAINER}/a`, { "x-ms-version": "latest" }, 400, "InvalidHeaderValue"],
    ["a path that cannot be decoded", "GET", `${CONTAINER}/%zz`, {}, 400, "InvalidUri"],
    ["a blob outside containers", "GET", "/blob/heartstorage/a", {}, 404, "ContainerNotFound"],
    ["an account that is not there", "GET", "/blob/nobody/a", {}, 404, "ResourceNotFound"],
    ["another method", "POST", `${CONTAINER}?restype=container`, {}, 405, "UnsupportedHttpVerb"],
  ])("%s is answered as Azure does", async (_, method, path, given, status, expected) => {
    const authorization = `Bearer ${await azure.token("https://storage.azure.com/.default")}`;
    const headers = { authorization, "x-ms-version": "2024-11-04", ...given };
    const answer = await azure.send(method, path, { headers });
    expect({ status: answer.status, code: code(answer) }).toEqual({ status, code: expected });
  });
});
