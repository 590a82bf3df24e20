import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { networkInterfaces } from "node:os";
import type { RequestLogEntry } from "azure-mlflow-rollout-local";
import { afterEach, describe, expect, test } from "vitest";
import { Trace } from "../../../local/src/log/trace";
import { faultCounts, injectFaults } from "../../../driver/faults";
import {
  createHeartEndpoint,
  ENDPOINT,
  endpointBody,
  GROUP,
  LOCATION,
  STORAGE,
  WORKSPACE,
} from "../../../driver/heartWorkspace";
import { TestAzure, textAt, valueAt } from "../../support/localAzure";
import { Scoring } from "../../../driver/scoring";

const running: TestAzure[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((azure) => azure.close()));
});

async function start(...options: Parameters<typeof TestAzure.start>): Promise<TestAzure> {
  const azure = await TestAzure.start(...options);
  running.push(azure);
  return azure;
}

const OUTSIDE = Object.values(networkInterfaces())
  .flatMap((addresses) => addresses ?? [])
  .find(({ internal, family }) => !internal && family === "IPv4")?.address;

describe("the server", () => {
  test.skipIf(OUTSIDE === undefined)(
    "is on the loopback interface only (needs another interface, to be refused on)",
    async () => {
      const azure = await start();
      const { port } = new URL(azure.azure.url);
      const refused = await new Promise<string>((resolve) => {
        const socket = connect({ host: OUTSIDE ?? "", port: Number(port) }, () => resolve("connected"));
        socket.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? ""));
      });
      expect(refused).toBe("ECONNREFUSED");
    },
  );

  test("has a certificate for the loopback names that lasts at most 397 days", async () => {
    const { azure } = await start();
    const certificate = new X509Certificate(readFileSync(azure.ca));
    const days = (Date.parse(certificate.validTo) - Date.parse(certificate.validFrom)) / 86_400_000;
    expect(days).toBeLessThanOrEqual(397);
    expect(days).toBeGreaterThan(390);
    expect(certificate.subjectAltName).toBe("DNS:localhost, DNS:*.blob.core.local-azure.test, IP Address:127.0.0.1");
    expect(certificate.checkHost("localhost")).toBe("localhost");
    expect(certificate.checkHost("example.com")).toBeUndefined();
  });

  test("is reset to what it was at the start: nothing there, nothing told, nothing under way; time and credentials stay", async () => {
    const azure = await start();
    await createHeartEndpoint(azure);
    const endpoint = await Scoring.of(azure);
    await injectFaults(azure, { fault: "throttled", match: "^PUT .*/nothing$" });
    await azure.arm("PUT", ENDPOINT, endpointBody({ traffic: { green: 100 } }));
    const before = (await azure.send("GET", "/_local/clock")).body;

    expect((await azure.send("POST", "/_local/reset")).status).toBe(204);

    expect((await azure.send("GET", "/_local/state")).body).toEqual({ resources: [] });
    expect(await azure.trace()).toEqual([]);
    expect(await faultCounts(azure)).toEqual([]);
    expect((await azure.send("GET", "/_local/clock")).body).toMatchObject({ now: valueAt(before, "now"), waiting: 0 });
    expect((await endpoint.score()).status).toBe(404);
    expect((await azure.arm("GET", GROUP)).status).toBe(404);
    await createHeartEndpoint(azure);
    expect((await (await Scoring.of(azure)).score()).status).toBe(200);
  });

  test("lets requests go that a fault delays when it is reset", async () => {
    const azure = await start();
    await injectFaults(azure, { match: "^GET /subscriptions", effect: { delaySeconds: 3600 } });
    const late = azure.arm("GET", GROUP).catch(String);
    while (!(await faultCounts(azure)).some(({ applied }) => applied > 0));
    await azure.send("POST", "/_local/reset");
    expect(await late).toBe("Error: socket hang up");
  });

  test("forgets the oldest of its trace before that grows large", () => {
    const trace = new Trace();
    const note = "x".repeat(1_000_000);
    const entry = { kind: "arm", time: "", method: "PUT", path: "/", status: 200 } as const;
    for (let sent = 0; sent < 100; sent++) trace.add({ ...entry, body: { sent, note } });
    const kept = trace.read(0);
    expect(kept.length).toBeGreaterThan(5);
    expect(kept.length).toBeLessThanOrEqual(8);
    expect(kept.at(-1)).toMatchObject({ seq: 100, body: { sent: 99 } });
  });
});

describe("the log", () => {
  test("tells one entry for each request, with its real time and how long it took", async () => {
    const entries: RequestLogEntry[] = [];
    const azure = await start({ onRequest: (entry) => entries.push(entry) });
    entries.length = 0;
    await azure.arm("PUT", GROUP, { location: LOCATION });
    await azure.arm("GET", `${GROUP}-none`);
    expect(entries.map(({ method, status }) => [method, status])).toEqual([
      ["POST", 200],
      ["PUT", 201],
      ["GET", 404],
    ]);
    for (const { time, milliseconds } of entries) {
      expect(Math.abs(Date.parse(time) - Date.now())).toBeLessThan(60_000);
      expect(milliseconds).toBeGreaterThan(0);
      expect(milliseconds).toBeLessThan(60_000);
    }
  });

  test("tells a request whose connection was closed with status 0", async () => {
    const entries: RequestLogEntry[] = [];
    const azure = await start({ onRequest: (entry) => entries.push(entry) });
    await injectFaults(azure, { match: "^GET /subscriptions", effect: { drop: "request" } });
    await expect(azure.arm("GET", GROUP)).rejects.toThrow("socket hang up");
    expect(entries.at(-1)).toMatchObject({ method: "GET", status: 0 });
  });

  test("has no secret in its entries and their details, whatever wrote or answered it", async () => {
    const entries: RequestLogEntry[] = [];
    const azure = await start({ onRequest: (entry) => entries.push(entry) });
    await createHeartEndpoint(azure, { keys: { primaryKey: "log-secret-1", secondaryKey: "log-secret-2" } });
    const endpoint = await Scoring.of(azure);
    await endpoint.score();
    const storage = await azure.arm("POST", `${STORAGE}/listKeys`);
    const scoring = await azure.arm("POST", `${ENDPOINT}/token`);
    await azure.arm("POST", `${WORKSPACE}/datastores/workspaceblobstore/listSecrets`);
    const text = entries.map((entry) => JSON.stringify({ ...entry, ...entry.details() })).join("\n");
    const secrets = [
      ...["log-secret-1", "log-secret-2", azure.azure.clientSecret, await azure.token(), endpoint.key],
      ...[textAt(storage.body, "keys.0.value"), textAt(scoring.body, "accessToken")],
    ];
    for (const secret of secrets) expect(text).not.toContain(secret);
    expect(text).toContain('"primaryKey":"***"');
    expect(text).toContain('"authorization":"***"');
    expect(text).toContain('"azureml-model-deployment":"blue"');
  });
});
