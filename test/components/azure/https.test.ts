import { execFile } from "node:child_process";
import { createServer } from "node:http";
import type { Server } from "node:http";
import { connect, createServer as createTcpServer } from "node:net";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { inspect } from "node:util";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { sendHttps } from "../../../components/azure/https";
import { ROOT } from "../../../driver/paths";
import { TestAzure } from "../../support/localAzure";

/** Longer than any process takes to say what it has to. */
const TIMEOUT_MS = 50_000;

let azure: TestAzure;
let proxy: Server;
/** What the proxy was asked to connect to. */
const connected: string[] = [];

beforeAll(async () => {
  azure = await TestAzure.start();
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
  await azure.close();
});

/** What a process of its own says, which asks the local Azure for its metadata in an environment of its own. */
function ask(environment: Readonly<Record<string, string>>): Promise<string> {
  const url = `${azure.azure.url}/metadata/endpoints?api-version=2022-09-01`;
  const script = `require(${JSON.stringify(join(ROOT, "dist/components/azure/https.js"))})
    .sendHttps({ method: "GET", url: ${JSON.stringify(url)}, headers: {}, timeoutMs: ${TIMEOUT_MS} })
    .then(({ status }) => console.log(status), ({ message }) => console.log(message))`;
  const { PATH } = process.env;
  return new Promise((resolve) => {
    execFile(process.execPath, ["-e", script], { env: { PATH, ...environment } }, (_, stdout, stderr) => {
      resolve(`${stdout}${stderr}`.trim());
    });
  });
}

const trusting = (): Record<string, string> => ({ NODE_EXTRA_CA_CERTS: azure.azure.ca });
const proxied = (): Record<string, string> => {
  const { port } = proxy.address() as AddressInfo;
  return { ...trusting(), HTTPS_PROXY: `http://127.0.0.1:${port}` };
};

test("the certificates that the environment names are trusted", async () => {
  expect(await ask(trusting())).toBe("200");
  expect(connected).toEqual([]);
});

test("without them it says what is missing, in a line, and does not wait", async () => {
  const started = performance.now();
  expect(await ask({})).toMatch(
    /^the certificate of localhost:\d+ is not trusted \([A-Z_]+\); name the CA in NODE_EXTRA_CA_CERTS$/,
  );
  expect(performance.now() - started).toBeLessThan(TIMEOUT_MS);
});

test("an answer that does not come in time is none", async () => {
  const server = createTcpServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const request = { method: "GET", url: `https://127.0.0.1:${port}/`, headers: {}, timeoutMs: 20 } as const;
  await expect(sendHttps(request)).rejects.toThrow(`no answer from 127.0.0.1:${port} in 0.02 s`);
  const signal = AbortSignal.abort(new Error("interrupted"));
  await expect(sendHttps({ ...request, signal })).rejects.toThrow("interrupted");
  server.close();
});

test("requests go through HTTPS_PROXY, but not to hosts of NO_PROXY", async () => {
  expect(await ask(proxied())).toBe("200");
  expect(connected).toEqual([new URL(azure.azure.url).host]);
  expect(await ask({ ...proxied(), NO_PROXY: "example.com,localhost" })).toBe("200");
  expect(connected).toHaveLength(1);
});

test("a failure has nothing of the request, whoever prints it", async () => {
  const headers = { authorization: "Bearer do-not-tell" };
  const request = { method: "GET", url: "https://127.0.0.1:1/", headers, timeoutMs: 1000 } as const;
  const failure: unknown = await sendHttps(request).catch((error: unknown) => error);
  expect(String(failure)).toMatch(/^Error: 127\.0\.0\.1:1 does not answer: .*ECONNREFUSED/);
  expect(inspect(failure, { depth: Infinity, showHidden: true })).not.toContain("do-not-tell");
});
