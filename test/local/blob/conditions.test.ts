import type { BlobRequestConditions, ContainerClient } from "@azure/storage-blob";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { blobService, createWorkspaceParts } from "../../../driver/heartWorkspace";
import { TestAzure } from "../../support/localAzure";

let azure: TestAzure;
let container: ContainerClient;
let etag: string;
beforeAll(async () => {
  azure = await TestAzure.start();
  await createWorkspaceParts(azure);
  container = (await blobService(azure)).getContainerClient("models");
  await container.create();
  etag = (await container.getBlockBlobClient("one").upload("0123456789", 10)).etag ?? "";
});
afterAll(() => azure.close());

const HOUR = 3_600_000;
const PAST = new Date(Date.now() - HOUR);
const FUTURE = new Date(Date.now() + HOUR);
const one = () => container.getBlockBlobClient("one");
const NOT_MET = { statusCode: 412, code: "ConditionNotMet" };
const tag = (is: boolean): string => (is ? etag : '"0x0"');

describe("a read", () => {
  test.each<[string, () => BlobRequestConditions]>([
    ["with the tag of the blob", () => ({ ifMatch: tag(true) })],
    ["with any tag", () => ({ ifMatch: "*" })],
    ["without another tag", () => ({ ifNoneMatch: tag(false) })],
    ["changed since an hour ago", () => ({ ifModifiedSince: PAST })],
    ["unchanged since then", () => ({ ifUnmodifiedSince: FUTURE })],
  ])("%s succeeds", async (_, conditions) => {
    expect((await one().download(0, undefined, { conditions: conditions() })).contentLength).toBe(10);
  });

  test.each<[string, () => BlobRequestConditions, number]>([
    ["with another tag", () => ({ ifMatch: tag(false) }), 412],
    ["without the tag of the blob", () => ({ ifNoneMatch: tag(true) }), 304],
    ["changed since an hour from now", () => ({ ifModifiedSince: FUTURE }), 304],
    ["unchanged since an hour ago", () => ({ ifUnmodifiedSince: PAST }), 412],
  ])("%s does not", async (_, conditions, statusCode) => {
    await expect(one().download(0, undefined, { conditions: conditions() })).rejects.toMatchObject({ statusCode });
    await expect(one().getProperties({ conditions: conditions() })).rejects.toMatchObject({ statusCode });
  });
});

describe("a write", () => {
  test("with the tag that was read goes through once", async () => {
    const blob = container.getBlockBlobClient("counter");
    const first = await blob.upload("1", 1);
    const conditions = { ifMatch: first.etag ?? "" };
    const second = await blob.upload("1", 1, { conditions });
    expect(second.etag).not.toBe(first.etag);
    await expect(blob.upload("1", 1, { conditions })).rejects.toMatchObject(NOT_MET);
    await expect(blob.commitBlockList([], { conditions })).rejects.toMatchObject(NOT_MET);
    await expect(blob.setMetadata({ a: "b" }, { conditions })).rejects.toMatchObject(NOT_MET);
    await expect(blob.delete({ conditions })).rejects.toMatchObject(NOT_MET);
    expect((await blob.getProperties()).etag).toBe(second.etag);
  });

  test("on any blob needs one, on none must find none", async () => {
    const conditions = { ifMatch: "*" };
    await expect(container.getBlockBlobClient("new").upload("1", 1, { conditions })).rejects.toMatchObject(NOT_MET);
    await expect(one().commitBlockList([], { conditions: { ifNoneMatch: "*" } })).rejects.toMatchObject({
      statusCode: 409,
      code: "BlobAlreadyExists",
    });
  });

  test("of a container obeys them too", async () => {
    await expect(container.delete({ conditions: { ifModifiedSince: FUTURE } })).rejects.toMatchObject(NOT_MET);
    expect(await container.exists()).toBe(true);
  });
});

describe("what is kept beside the content", () => {
  test("changes with the tag, and the content stays", async () => {
    const blob = container.getBlockBlobClient("described");
    const { etag: before } = await blob.upload("x", 1, {
      metadata: { a: "1" },
      blobHTTPHeaders: { blobContentLanguage: "de" },
    });
    await blob.setMetadata({ b: "2" });
    await blob.setHTTPHeaders({ blobContentType: "text/y", blobContentEncoding: "gzip" });
    const after = await blob.getProperties();
    expect(after).toMatchObject({ metadata: { b: "2" }, contentType: "text/y", contentEncoding: "gzip" });
    expect(after.contentLanguage).toBeUndefined();
    expect(after.etag).not.toBe(before);
    expect((await blob.downloadToBuffer()).toString()).toBe("x");
  });

  test("of a container is its metadata", async () => {
    await container.setMetadata({ purpose: "models" });
    expect(await container.getProperties()).toMatchObject({ metadata: { purpose: "models" } });
  });

  test("has names that are identifiers", async () => {
    await expect(one().setMetadata({ "1a": "x" })).rejects.toMatchObject({ statusCode: 400, code: "InvalidMetadata" });
    await expect(one().setMetadata({ a: "x".repeat(8192) })).rejects.toMatchObject({ code: "MetadataTooLarge" });
  });
});

describe("a range", () => {
  test.each([
    [0, 1, "0"],
    [3, 7, "3456789"],
    [9, 1, "9"],
  ])("from %i of %i bytes is %s", async (offset, count, expected) => {
    expect((await one().downloadToBuffer(offset, count)).toString()).toBe(expected);
  });

  test("comes with its own hash when that is asked for", async () => {
    const { contentMD5, blobContentMD5 } = await one().download(0, 4, { rangeGetContentMD5: true });
    expect(Buffer.from(contentMD5 ?? []).toString("base64")).toBe("62L2uTBttXXC1ZaxJ5YnpA==");
    expect(contentMD5).not.toEqual(blobContentMD5);
  });

  test("that goes beyond the end stops there", async () => {
    expect(await one().download(8, 100)).toMatchObject({ contentLength: 2, contentRange: "bytes 8-9/10" });
  });

  test("behind the end is refused", async () => {
    await expect(one().download(10, 1)).rejects.toMatchObject({ statusCode: 416, code: "InvalidRange" });
  });
});
