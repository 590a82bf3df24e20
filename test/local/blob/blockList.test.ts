import { createHash } from "node:crypto";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ContainerClient } from "@azure/storage-blob";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { blobService, createWorkspaceParts } from "../../../driver/heartWorkspace";
import { TestAzure } from "../../support/localAzure";
import { temporaryFolder } from "../../support/temporaryFolder";

let azure: TestAzure;
let container: ContainerClient;
beforeAll(async () => {
  azure = await TestAzure.start();
  await createWorkspaceParts(azure);
  container = (await blobService(azure)).getContainerClient("models");
  await container.create();
});
afterAll(() => azure.close());

const idOf = (text: string): string => Buffer.from(text).toString("base64");
const error = (statusCode: number, code: string) => ({ statusCode, code });

test("a large file goes up in blocks at the same time and comes down whole", async () => {
  const file = join(temporaryFolder({}), "model.bin");
  const content = Buffer.from(Array.from({ length: 5_000_000 }, (_, index) => index % 251));
  writeFileSync(file, content);
  const blob = container.getBlockBlobClient("large");
  await blob.uploadFile(file, { blockSize: 1024 * 1024, maxSingleShotSize: 1024 * 1024, concurrency: 4 });
  const { committedBlocks = [] } = await blob.getBlockList("committed");
  expect(committedBlocks.map(({ size }) => size)).toEqual([1048576, 1048576, 1048576, 1048576, 805696]);
  expect(content.equals(await blob.downloadToBuffer())).toBe(true);
});

describe("blocks", () => {
  test("are no blob until a list puts them together, in the order of the list", async () => {
    const blob = container.getBlockBlobClient("ordered");
    await blob.stageBlock(idOf("a"), "one-", 4);
    await blob.stageBlock(idOf("b"), "two-", 4);
    expect(await blob.exists()).toBe(false);
    expect(await blob.getBlockList("all")).toMatchObject({
      uncommittedBlocks: [{ name: idOf("a"), size: 4 }, { name: idOf("b") }],
    });
    await blob.commitBlockList([idOf("b"), idOf("a"), idOf("b")], {
      blobHTTPHeaders: { blobContentType: "text/x", blobCacheControl: "no-store" },
      metadata: { made: "of blocks" },
    });
    expect((await blob.downloadToBuffer()).toString()).toBe("two-one-two-");
    expect(await blob.getProperties()).toMatchObject({
      contentType: "text/x",
      cacheControl: "no-store",
      metadata: { made: "of blocks" },
      contentMD5: undefined,
    });
    expect(await blob.getBlockList("uncommitted")).not.toHaveProperty("uncommittedBlocks.0");
  });

  test("of the blob as it is may be used again; what a list leaves out is gone", async () => {
    const blob = container.getBlockBlobClient("ordered");
    await blob.stageBlock(idOf("c"), "three", 5);
    await blob.commitBlockList([idOf("a"), idOf("c")]);
    expect((await blob.downloadToBuffer()).toString()).toBe("one-three");
    await expect(blob.commitBlockList([idOf("b")])).rejects.toMatchObject(error(400, "InvalidBlockList"));
    expect((await blob.downloadToBuffer()).toString()).toBe("one-three");
  });

  test("may be replaced before they are put together", async () => {
    const blob = container.getBlockBlobClient("replaced");
    await blob.stageBlock(idOf("a"), "old", 3);
    await blob.stageBlock(idOf("a"), "new", 3);
    await blob.commitBlockList([idOf("a")]);
    expect((await blob.downloadToBuffer()).toString()).toBe("new");
  });

  test("have ids of one length, which are base64", async () => {
    const blob = container.getBlockBlobClient("ids");
    await blob.stageBlock(idOf("one"), "x", 1);
    await expect(blob.stageBlock(idOf("three"), "x", 1)).rejects.toMatchObject(error(400, "InvalidBlobOrBlock"));
    await expect(blob.stageBlock("%%%", "x", 1)).rejects.toMatchObject(error(400, "InvalidQueryParameterValue"));
    await expect(blob.stageBlock(idOf("x".repeat(65)), "x", 1)).rejects.toMatchObject(
      error(400, "InvalidQueryParameterValue"),
    );
  });

  test("of another blob, whose name goes on, stay", async () => {
    const [short, long] = ["deep", "deep/er"].map((name) => container.getBlockBlobClient(name));
    await long?.stageBlock(idOf("a"), "x", 1);
    await short?.upload("y", 1);
    await long?.commitBlockList([idOf("a")]);
    expect((await long?.downloadToBuffer())?.toString()).toBe("x");
  });
});

describe("the hash of what is sent", () => {
  const md5 = (text: string): Uint8Array => createHash("md5").update(text).digest();

  test("is checked, of a blob, a block and a list", async () => {
    const blob = container.getBlockBlobClient("hashed");
    const wrong = { transactionalContentMD5: md5("other") };
    await expect(blob.upload("text", 4, { blobHTTPHeaders: { blobContentMD5: md5("other") } })).rejects.toMatchObject(
      error(400, "Md5Mismatch"),
    );
    await expect(blob.stageBlock(idOf("a"), "text", 4, wrong)).rejects.toMatchObject(error(400, "Md5Mismatch"));
    await blob.stageBlock(idOf("a"), "text", 4, { transactionalContentMD5: md5("text") });
    await blob.commitBlockList([idOf("a")], { blobHTTPHeaders: { blobContentMD5: md5("text") } });
    expect(Buffer.from((await blob.getProperties()).contentMD5 ?? [])).toEqual(md5("text"));
  });

  test("must be one", async () => {
    const blob = container.getBlockBlobClient("hashed");
    const short = { transactionalContentMD5: new Uint8Array([1, 2, 3]) };
    await expect(blob.stageBlock(idOf("a"), "text", 4, short)).rejects.toMatchObject(error(400, "InvalidMd5"));
  });
});

test("a blob in blocks survives a restart, and what was overwritten leaves the folder", async () => {
  const folder = temporaryFolder({});
  const before = await TestAzure.start({ dataDirectory: folder });
  await createWorkspaceParts(before);
  const blob = (await blobService(before)).getContainerClient("kept");
  await blob.create({ metadata: { a: "b" } });
  const client = blob.getBlockBlobClient("one");
  await client.upload("overwritten", 11);
  await client.stageBlock(idOf("a"), "kept", 4);
  await client.commitBlockList([idOf("a")], { metadata: { c: "d" } });
  const properties = await client.getProperties();
  await before.close();
  expect(readdirSync(join(folder, "blobs", "content"))).toHaveLength(1);
  const after = await TestAzure.start({ dataDirectory: folder });
  const again = (await blobService(after)).getContainerClient("kept");
  const { etag, lastModified, metadata } = properties;
  expect(await again.getBlockBlobClient("one").getProperties()).toMatchObject({ etag, lastModified, metadata });
  expect(await again.getBlockBlobClient("one").getBlockList("committed")).toMatchObject({
    committedBlocks: [{ size: 4 }],
  });
  expect(await again.getProperties()).toMatchObject({ metadata: { a: "b" } });
  await after.close();
});
