import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Trace } from "../../../local/src/log/trace";
import { ENDPOINT, endpointBody, armIdOf, STORAGE, WORKSPACE } from "../../../driver/heartWorkspace";
import type { TestAzure } from "../../support/localAzure";
import type { Scoring } from "../../../driver/scoring";
import { startHeartEndpoint } from "../../support/heartEndpoint";

let azure: TestAzure;
let endpoint: Scoring;
beforeAll(async () => {
  ({ azure, endpoint } = await startHeartEndpoint());
});
afterAll(() => azure.close());

const last = async (): Promise<number> => (await azure.trace()).at(-1)?.seq ?? 0;

describe("the trace", () => {
  test("tells each request in order, with the virtual time, and what a write has written", async () => {
    const since = await last();
    await azure.operate("PUT", ENDPOINT, endpointBody({ traffic: { blue: 100 } }));
    await endpoint.score();
    const [write, first, second, score, ...rest] = await azure.trace(`since=${since}`);
    expect(write).toMatchObject({
      kind: "arm",
      method: "PUT",
      path: armIdOf(azure, ENDPOINT),
      query: "api-version=2025-12-01",
      status: 201,
      body: { properties: { traffic: { blue: 100 } } },
    });
    expect([first, second].map((entry) => entry?.method)).toEqual(["GET", "GET"]);
    expect(Date.parse(second?.time ?? "") - Date.parse(write?.time ?? "")).toBe(60_000);
    expect(score).toMatchObject({ kind: "data", method: "POST", status: 200, deployment: "blue" });
    expect(score).not.toHaveProperty("body");
    expect(rest).toEqual([]);
  });

  test.each(["arm", "identity", "data", "blob"])("can be read for the kind %s alone", async (kind) => {
    await endpoint.score();
    const entries = await azure.trace(`kind=${kind}`);
    expect(entries.length).toBeGreaterThan(0);
    expect(new Set(entries.map((entry) => entry.kind))).toEqual(new Set([kind]));
  });

  test("tells refused requests too, but not its own reading", async () => {
    const since = await last();
    await azure.send("GET", "/subscriptions/none?api-version=2022-12-01");
    expect(await azure.trace(`since=${since}`)).toMatchObject([{ kind: "arm", status: 401 }]);
  });

  test("masks secrets, whatever wrote or answered them", async () => {
    const keys = { primaryKey: "trace-secret-1", secondaryKey: "trace-secret-2" };
    await azure.arm("PUT", ENDPOINT.replace("heart-classifier", "keyed"), endpointBody({ keys }));
    await azure.arm("PUT", `${WORKSPACE}/datastores/keyed`, {
      properties: {
        datastoreType: "AzureBlob",
        credentials: { credentialsType: "AccountKey", secrets: { secretsType: "AccountKey", key: "dHJhY2Utc2VjcmV0" } },
      },
    });
    await azure.arm("POST", `${STORAGE}/listKeys`);
    const text = JSON.stringify(await azure.trace());
    const { clientSecret } = azure.azure;
    for (const secret of ["trace-secret", "dHJhY2Utc2VjcmV0", endpoint.key, clientSecret, await azure.token()]) {
      expect(text).not.toContain(secret);
    }
    expect(text).toContain('"primaryKey":"***"');
    expect(text).toContain("Microsoft.KeyVault/vaults/heartvault");
  });

  test("refuses a position that is no number", async () => {
    expect(await azure.send("GET", "/_local/trace?since=first")).toMatchObject({
      status: 400,
      body: { error: { message: "since must be a whole number" } },
    });
  });

  test("is bounded, and a flood of scoring requests pushes out no write", () => {
    const trace = new Trace();
    const entry = { time: "", path: "/", status: 200 };
    trace.add({ ...entry, kind: "arm", method: "PUT" });
    for (let sent = 0; sent < 20_000; sent++) trace.add({ ...entry, kind: "data", method: "POST" });
    const entries = trace.read(0);
    expect(entries[0]).toMatchObject({ kind: "arm", seq: 1 });
    expect(entries.at(-1)).toMatchObject({ kind: "data", seq: 20_001 });
    expect(entries.length).toBeLessThanOrEqual(6001);
    expect(entries.length).toBeGreaterThanOrEqual(5001);
  });
});

describe("the state", () => {
  test("shows every resource as it is answered, without keys", async () => {
    const { body } = await azure.send("GET", "/_local/state");
    const text = JSON.stringify(body);
    expect(text).toContain(armIdOf(azure, `${ENDPOINT}/deployments/green`));
    expect(text).not.toContain(endpoint.key);
  });
});
