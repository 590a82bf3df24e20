import { execFile } from "node:child_process";
import { createServer } from "node:http";
import type { Server } from "node:http";
import { connect } from "node:net";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startStore } from "../../support/modelStore";
import type { StoreUnderTest } from "../../support/modelStore";
import { temporaryFolder } from "../../support/temporaryFolder";
import { ROOT } from "../../../driver/paths";

let under: StoreUnderTest;
let proxy: Server;
/** What the proxy was asked to connect to. */
const connected: string[] = [];

beforeAll(async () => {
  under = await startStore();
  proxy = createServer().on("connect", (request, client) => {
    connected.push(String(request.url));
    const [host, port] = String(request.url).split(":");
    const server = connect(Number(port), host, () => client.write("HTTP/1.1 200 OK\r\n\r\n"));
    server.pipe(client).pipe(server);
    for (const socket of [client, server]) socket.once("error", () => [client, server].forEach((one) => one.destroy()));
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
});
beforeEach(() => {
  connected.length = 0;
});
afterAll(async () => {
  proxy.closeAllConnections();
  proxy.close();
  await under.azure.close();
});

/** What a program of its own says, which uploads a model in an environment of its own. */
function upload(environment: Readonly<Record<string, string>>): Promise<string> {
  const folder = temporaryFolder({ MLmodel: "flavors: {}", "data/model.onnx": "weights" });
  const program = join(ROOT, "test", "support", "uploadProcess.ts");
  const { PATH } = process.env;
  const env = { PATH, PULUMI_HOME: temporaryFolder({}), ...environment };
  return new Promise((resolve) => {
    const args = ["--import", "tsx", program, JSON.stringify(under.store), folder];
    execFile(process.execPath, args, { cwd: ROOT, env }, (_, stdout, stderr) => resolve(`${stdout}${stderr}`.trim()));
  });
}

const trusting = (): Record<string, string> => ({ NODE_EXTRA_CA_CERTS: under.azure.azure.ca });
const proxied = (): Record<string, string> => {
  const { port } = proxy.address() as AddressInfo;
  return { ...trusting(), HTTPS_PROXY: `http://127.0.0.1:${port}` };
};
const host = (): string => new URL(under.store.blobEndpoint).host;

test("an upload trusts the certificates that the environment names, and goes straight to the storage", async () => {
  expect(await upload(trusting())).toBe("2");
  expect(connected).toEqual([]);
});

test("without them it says what is missing, in a line", async () => {
  expect(await upload({})).toMatch(
    /^datastore workspaceblobstore \(.*\): the certificate of localhost:\d+ is not trusted \([A-Z_]+\); name the CA in NODE_EXTRA_CA_CERTS$/,
  );
});

test("it goes through HTTPS_PROXY", async () => {
  expect(await upload(proxied())).toBe("2");
  expect(new Set(connected)).toEqual(new Set([host()]));
});

test("but not to hosts of NO_PROXY", async () => {
  expect(await upload({ ...proxied(), NO_PROXY: "example.com,localhost" })).toBe("2");
  expect(connected).toEqual([]);
});
