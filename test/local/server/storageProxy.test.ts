import { execFile } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { connect } from "node:net";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listenOnLoopback } from "../../../local/src/server/listener";
import { storageProxy } from "../../../local/src/server/storageProxy";
import { createWorkspaceParts, STORAGE, blobService } from "../../../driver/heartWorkspace";
import { TestAzure, textAt, valueAt } from "../../support/localAzure";

let azure: TestAzure;
beforeAll(async () => {
  azure = await TestAzure.start();
  await createWorkspaceParts(azure);
});
afterAll(() => azure.close());

/** A program of a client that knows the cloud from its metadata alone: makes a container, writes a blob, lists it. */
const PROGRAM = `
const { BlobServiceClient, StorageSharedKeyCredential } = require("@azure/storage-blob");
const credential = new StorageSharedKeyCredential("heartstorage", process.env.ACCOUNT_KEY);
const service = new BlobServiceClient("https://heartstorage.blob." + process.env.STORAGE_SUFFIX, credential);
const container = service.getContainerClient("by-host");
(async () => {
  await container.create();
  await container.getBlockBlobClient("folder/a b.txt").upload("content", 7);
  for await (const { name } of container.listBlobsFlat({ prefix: "folder/" })) console.log(name);
})();
`;

/** Runs it in the environment that the server prints. */
async function runByHost(): Promise<string> {
  const { body: cloud } = await azure.send("GET", "/metadata/endpoints?api-version=2022-09-01");
  const { body: keys } = await azure.arm("POST", `${STORAGE}/listKeys`);
  const found = { ACCOUNT_KEY: textAt(keys, "keys.0.value"), STORAGE_SUFFIX: textAt(cloud, "suffixes.storage") };
  const env = { ...process.env, ...azure.azure.env, ...found };
  const { stdout } = await promisify(execFile)(process.execPath, ["-e", PROGRAM], { env, cwd: __dirname });
  return stdout;
}

describe("a storage account", () => {
  test("is reached by its host as by its path, with the key in both", async () => {
    expect(await runByHost()).toBe("folder/a b.txt\n");
    const samePath = (await blobService(azure)).getContainerClient("by-host").getBlobClient("folder/a b.txt");
    expect((await samePath.downloadToBuffer()).toString()).toBe("content");
  });

  test("tells the type of a blob that was written with an empty one", async () => {
    const container = (await blobService(azure)).getContainerClient("typed");
    await container.create();
    const blob = container.getBlockBlobClient("a");
    await blob.upload("x", 1, { blobHTTPHeaders: { blobContentType: "" } });
    expect((await blob.getProperties()).contentType).toBe("application/octet-stream");
    await blob.setHTTPHeaders({ blobContentType: "" });
    expect((await blob.getProperties()).contentType).toBe("application/octet-stream");
  });
});

/** What a proxy answers to a CONNECT, and what comes through it. */
function connected(proxy: number, target: string, sent = ""): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(proxy, "127.0.0.1", () => socket.write(`CONNECT ${target} HTTP/1.1\r\nHost: x\r\n\r\n`));
    let text = "";
    socket.on("data", (chunk: Buffer) => {
      const isOpen = text === "" && chunk.toString().startsWith("HTTP/1.1 200");
      text += chunk.toString();
      if (isOpen && sent !== "") socket.end(sent);
      if (sent === "" && text.includes("\r\n\r\n")) socket.end();
    });
    socket.once("close", () => resolve(text));
    socket.once("error", reject);
  });
}

describe("the proxy", () => {
  test("leads elsewhere what is for elsewhere, and says when that is not there", async () => {
    const elsewhere = createServer((_, response) => response.end("elsewhere"));
    const port = await listenOnLoopback(elsewhere, 0);
    const proxy = Number(new URL(azure.azure.env["HTTPS_PROXY"] ?? "").port);
    const ask = "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    expect(await connected(proxy, `127.0.0.1:${port}`, ask)).toContain("elsewhere");
    elsewhere.close();
    elsewhere.closeAllConnections();
    expect(await connected(proxy, `127.0.0.1:${port}`)).toContain("502 Bad Gateway");
  });

  test("asks the proxy of the machine for what is elsewhere", async () => {
    const asked: string[] = [];
    const upstream = createServer();
    upstream.on("connect", (request, socket) => {
      asked.push(`${request.url ?? ""} ${request.headers["proxy-authorization"] ?? ""}`);
      socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
    });
    const port = await listenOnLoopback(upstream, 0);
    const { server, close } = storageProxy(1, () => `http://me:secret@127.0.0.1:${port}`);
    await listenOnLoopback(server, 0);
    const answer = await connected((server.address() as AddressInfo).port, "example.org:443");
    expect(answer).toContain("403 Forbidden");
    expect(asked).toEqual([`example.org:443 Basic ${Buffer.from("me:secret").toString("base64")}`]);
    close();
    upstream.close();
    upstream.closeAllConnections();
  });
});

test("the environment leaves this machine out of the proxy", () => {
  const { env, url } = azure.azure;
  expect(env["NO_PROXY"]?.split(",")).toEqual(expect.arrayContaining(["localhost", "127.0.0.1"]));
  expect(valueAt(env, "ARM_CLOUD_METADATA_URL")).toBe(`${url}/metadata/endpoints?api-version=2022-09-01`);
});
