import { BlobServiceClient, StorageSharedKeyCredential } from "@azure/storage-blob";
import type { ContainerClient } from "@azure/storage-blob";
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { blobService, createWorkspaceParts, STORAGE, storageBody } from "../../../driver/heartWorkspace";
import { TestAzure, textAt, valueAt } from "../../support/localAzure";

let azure: TestAzure;
let container: ContainerClient;
beforeAll(async () => {
  azure = await TestAzure.start();
  await createWorkspaceParts(azure);
  await azure.arm("PUT", `${STORAGE}/blobServices/default/containers/models`, { properties: {} });
  container = (await blobService(azure)).getContainerClient("models");
});
afterAll(() => azure.close());

describe("Microsoft's blob client", () => {
  test("writes, describes, reads and deletes a blob", async () => {
    const blob = container.getBlockBlobClient("v1/MLmodel");
    const content = Buffer.from([0, 1, 2, 255]);
    const { etag } = await blob.upload(content, content.length, {
      blobHTTPHeaders: { blobContentType: "application/x-model" },
    });
    expect(await blob.getProperties()).toMatchObject({
      etag,
      contentLength: 4,
      contentType: "application/x-model",
      blobType: "BlockBlob",
    });
    expect(await blob.downloadToBuffer()).toEqual(content);
    await blob.delete();
    expect(await blob.exists()).toBe(false);
    await expect(blob.download()).rejects.toMatchObject({ statusCode: 404, code: "BlobNotFound" });
  });

  test.each(["folder/a b+c%d&e.txt", "größe/ü.bin", "it's (1).json"])("keeps a blob named %s", async (name) => {
    await container.getBlockBlobClient(name).upload(name, Buffer.byteLength(name));
    expect((await container.getBlockBlobClient(name).downloadToBuffer()).toString("utf8")).toBe(name);
    await container.getBlockBlobClient(name).delete();
  });

  test("lists the blobs below a prefix, sorted by name", async () => {
    for (const name of ["list/b&b", "list/a", "other"]) await container.getBlockBlobClient(name).upload("x", 1);
    const names: string[] = [];
    for await (const { name } of container.listBlobsFlat({ prefix: "list/" })) names.push(name);
    expect(names).toEqual(["list/a", "list/b&b"]);
  });

  test("reads parts of a blob as it asks for them", async () => {
    const blob = container.getBlockBlobClient("parts");
    await blob.upload("0123456789", 10);
    expect((await blob.downloadToBuffer(2, 3)).toString("utf8")).toBe("234");
    expect((await blob.downloadToBuffer(0, undefined, { blockSize: 4 })).toString("utf8")).toBe("0123456789");
  });

  test("does not overwrite when told not to", async () => {
    const blob = container.getBlockBlobClient("once");
    await blob.upload("a", 1, { conditions: { ifNoneMatch: "*" } });
    await expect(blob.upload("b", 1, { conditions: { ifNoneMatch: "*" } })).rejects.toMatchObject({
      statusCode: 409,
      code: "BlobAlreadyExists",
    });
  });

  test("is told when a container is not there, or is there already", async () => {
    const service = await blobService(azure);
    await expect(service.getContainerClient("none").getBlockBlobClient("a").upload("a", 1)).rejects.toMatchObject({
      statusCode: 404,
      code: "ContainerNotFound",
    });
    await expect(service.createContainer("models")).rejects.toMatchObject({ code: "ContainerAlreadyExists" });
  });
});

describe("the account key", () => {
  const clientWith = async (account: string, key: string): Promise<BlobServiceClient> => {
    const { url } = await blobService(azure);
    const trust = { tlsOptions: { ca: readFileSync(azure.azure.ca) } };
    return new BlobServiceClient(url.replace("heartstorage", account), new StorageSharedKeyCredential(account, key), {
      ...trust,
      retryOptions: { maxTries: 1 },
    });
  };

  test("may be either of the two", async () => {
    const { body } = await azure.arm("POST", `${STORAGE}/listKeys`);
    expect(valueAt(body, "keys")).toHaveLength(2);
    const client = await clientWith("heartstorage", textAt(body, "keys.1.value"));
    expect(await client.getContainerClient("models").exists()).toBe(true);
  });

  test("is needed: a request signed with another one is refused and changes nothing", async () => {
    const client = await clientWith("heartstorage", Buffer.from("another").toString("base64"));
    await expect(client.getContainerClient("models").getBlockBlobClient("forged").upload("x", 1)).rejects.toMatchObject(
      { statusCode: 403, code: "AuthenticationFailed" },
    );
    expect(await container.getBlockBlobClient("forged").exists()).toBe(false);
  });

  test("of an account that is not there opens nothing", async () => {
    const client = await clientWith("nobody", Buffer.from("any").toString("base64"));
    await expect(client.getContainerClient("models").getProperties()).rejects.toMatchObject({ statusCode: 404 });
  });
});

describe("a storage account", () => {
  test("is written again without new keys", async () => {
    const before = await azure.arm("POST", `${STORAGE}/listKeys`);
    expect(await azure.arm("PUT", STORAGE, storageBody())).toMatchObject({ status: 200 });
    expect((await azure.arm("POST", `${STORAGE}/listKeys`)).body).toEqual(before.body);
  });

  test.each([
    ["a name in capitals", STORAGE.replace("heartstorage", "Capitals"), storageBody(), "InvalidResourceName"],
    ["no sku and kind", STORAGE.replace("heartstorage", "bare"), { location: "westeurope" }, "InvalidRequestContent"],
  ])("is refused with %s", async (_, path, body, code) => {
    expect(await azure.arm("PUT", path, body)).toMatchObject({ status: 400, body: { error: { code } } });
  });

  test("takes its containers along when it is deleted", async () => {
    const path = STORAGE.replace("heartstorage", "shortlived");
    await azure.arm("PUT", path, storageBody());
    await azure.arm("PUT", `${path}/blobServices/default/containers/data`, { properties: {} });
    await azure.arm("DELETE", path);
    expect(await azure.arm("GET", `${path}/blobServices/default/containers/data`)).toMatchObject({ status: 404 });
  });
});
