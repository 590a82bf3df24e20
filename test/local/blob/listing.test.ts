import type { ContainerClient } from "@azure/storage-blob";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { blobService, createWorkspaceParts } from "../../../driver/heartWorkspace";
import { STORAGE } from "../../../driver/heartWorkspace";
import { TestAzure, valueAt } from "../../support/localAzure";

let azure: TestAzure;
let container: ContainerClient;
const NAMES = ["a", "b/1", "b/2/x", "b/2/y", "b.txt", "c/1"];
beforeAll(async () => {
  azure = await TestAzure.start();
  await createWorkspaceParts(azure);
  container = (await blobService(azure)).getContainerClient("models");
  await container.create({ metadata: { purpose: "lists" } });
  for (const name of NAMES)
    await container.getBlockBlobClient(name).upload(name, name.length, { metadata: { name: "x" } });
});
afterAll(() => azure.close());

/** Names page by page, prefixes with what they end in. */
const pages = async (maxPageSize: number, delimiter?: string, prefix?: string): Promise<readonly string[][]> => {
  const found: string[][] = [];
  const options = prefix === undefined ? {} : { prefix };
  const list =
    delimiter === undefined ? container.listBlobsFlat(options) : container.listBlobsByHierarchy(delimiter, options);
  for await (const { segment } of list.byPage({ maxPageSize })) {
    const { blobPrefixes = [], blobItems } = segment as {
      readonly blobPrefixes?: readonly { readonly name: string }[];
      readonly blobItems: readonly { readonly name: string }[];
    };
    found.push([...blobPrefixes, ...blobItems].map(({ name }) => name));
  }
  return found;
};

describe("a list of blobs", () => {
  test.each<[string, number, string | undefined, string | undefined, readonly string[][]]>([
    ["all at once, sorted", 5000, undefined, undefined, [["a", "b.txt", "b/1", "b/2/x", "b/2/y", "c/1"]]],
    [
      "in pages",
      4,
      undefined,
      undefined,
      [
        ["a", "b.txt", "b/1", "b/2/x"],
        ["b/2/y", "c/1"],
      ],
    ],
    ["below a prefix", 2, undefined, "b/", [["b/1", "b/2/x"], ["b/2/y"]]],
    ["up to a delimiter", 5000, "/", undefined, [["b/", "c/", "a", "b.txt"]]],
    ["up to a delimiter in pages", 1, "/", undefined, [["a"], ["b.txt"], ["b/"], ["c/"]]],
    ["up to a delimiter below a prefix", 5000, "/", "b/", [["b/2/", "b/1"]]],
    ["below a prefix that nothing has", 5000, undefined, "z", [[]]],
  ])("%s", async (_, size, delimiter, prefix, expected) => {
    expect(await pages(size, delimiter, prefix)).toEqual(expected);
  });

  test("has metadata when it is asked for", async () => {
    for await (const { metadata } of container.listBlobsFlat({ includeMetadata: true }))
      expect(metadata).toEqual({ name: "x" });
    for await (const { metadata } of container.listBlobsFlat()) expect(metadata).toBeUndefined();
  });

  test("has at least one blob to a page", async () => {
    await expect(container.listBlobsFlat().byPage({ maxPageSize: -1 }).next()).rejects.toMatchObject({
      statusCode: 400,
      code: "OutOfRangeQueryParameterValue",
    });
  });

  test("shows names that XML cannot hold", async () => {
    const name = "odd/\u0001&<>\"'";
    await container.getBlockBlobClient(name).upload("x", 1);
    expect(await pages(5000, undefined, "odd/")).toEqual([[name]]);
  });
});

describe("containers", () => {
  test("are listed in pages, sorted", async () => {
    const service = await blobService(azure);
    for (const name of ["zz-last", "data-1", "data-2"]) await service.createContainer(name);
    const found: string[][] = [];
    for await (const { containerItems } of service.listContainers().byPage({ maxPageSize: 3 })) {
      found.push(containerItems.map(({ name }) => name));
    }
    expect(found).toEqual([["data-1", "data-2", "models"], ["zz-last"]]);
    const named: unknown[] = [];
    for await (const { metadata } of service.listContainers({ prefix: "mod", includeMetadata: true }))
      named.push(metadata);
    expect(named).toEqual([{ purpose: "lists" }]);
  });

  test("are resources, whichever way they came and went", async () => {
    const service = await blobService(azure);
    const path = `${STORAGE}/blobServices/default/containers`;
    expect(await azure.arm("GET", `${path}/models`)).toMatchObject({ status: 200, body: { name: "models" } });
    await azure.arm("PUT", `${path}/from-arm`, { properties: {} });
    expect(await service.getContainerClient("from-arm").exists()).toBe(true);
    await service.deleteContainer("from-arm");
    expect((await azure.arm("GET", `${path}/from-arm`)).status).toBe(404);
    await azure.arm("DELETE", `${path}/zz-last`);
    expect(await service.getContainerClient("zz-last").exists()).toBe(false);
    const { body } = await azure.arm("GET", path);
    const names = (valueAt(body, "value") as readonly { readonly name: string }[]).map(({ name }) => name);
    expect(names).toEqual(["models", "data-1", "data-2"]);
  });

  test.each(["UPPER", "ab", "a--b", "-ab", "a_b"])("cannot be named %s", async (name) => {
    const service = await blobService(azure);
    await expect(service.createContainer(name)).rejects.toMatchObject({ statusCode: 400, code: "InvalidResourceName" });
  });

  test("are never public", async () => {
    const service = await blobService(azure);
    await expect(service.createContainer("open", { access: "blob" })).rejects.toMatchObject({
      statusCode: 409,
      code: "PublicAccessNotPermitted",
    });
  });
});
