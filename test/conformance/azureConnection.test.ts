import { describe, expect, test } from "vitest";
import { azureConnection } from "../../conformance/azureConnection";
import type { Connection } from "../../conformance/target/connection";

const SETTINGS = {
  subscriptionId: "sub",
  resourceGroup: "rg",
  workspace: "mlw",
  instanceType: "Standard_DS2_v2",
  credential: { accessToken: "ey" },
};
const ARM = "https://management.azure.com/subscriptions/sub";
const SCORE = "https://heart.westeurope.inference.ml.azure.com/score";

/** A connection that is given these responses one after the other, what it sent, and how long it waited. */
function connect(...responses: readonly Response[]) {
  const sent: RequestInit[] = [];
  const waits: number[] = [];
  const left = [...responses];
  const connection: Connection = azureConnection(SETTINGS, {
    fetch: (_, init) => {
      sent.push(init);
      const next = left.shift();
      return next === undefined ? Promise.reject(new Error("no response left")) : Promise.resolve(next);
    },
    wait: (seconds) => {
      waits.push(seconds);
      return Promise.resolve();
    },
  });
  return { connection, sent, waits };
}

const throttled = (retryAfter?: string): Response =>
  new Response("", { status: 429, headers: retryAfter === undefined ? {} : { "retry-after": retryAfter } });
const json = (text: string, status = 200): Response =>
  new Response(text, { status, headers: { "content-type": "application/json; charset=utf-8" } });

test("the workspace is found by its id, and the token is the given one", async () => {
  const { connection } = connect();
  expect(connection.workspace).toBe(
    "/subscriptions/sub/resourceGroups/rg/providers/Microsoft.MachineLearningServices/workspaces/mlw",
  );
  expect(await connection.token()).toBe("ey");
});

describe("a request", () => {
  test("is sent as JSON, text as it is", async () => {
    const { connection, sent } = connect(json("{}"), json("{}"), json("{}"));
    await connection.send("PUT", ARM, { headers: { a: "b" }, body: { c: 1 } });
    await connection.send("POST", SCORE, { body: "{" });
    await connection.send("GET", ARM);
    expect(sent).toEqual([
      { method: "PUT", headers: { a: "b" }, body: '{"c":1}' },
      { method: "POST", headers: {}, body: "{" },
      { method: "GET", headers: {} },
    ]);
  });

  test.each([
    ["an object", json('{"a":1}', 201), 201, { a: 1 }],
    ["null, as a delete answers", json("null", 202), 202, null],
    ["nothing", new Response(null, { status: 204 }), 204, ""],
    ["text", new Response("Healthy"), 200, "Healthy"],
  ])("can be answered with %s", async (_, response, status, body) => {
    expect(await connect(response).connection.send("GET", ARM)).toMatchObject({ status, body });
  });

  test("to Azure Resource Manager is repeated when it is throttled, after the time that is asked for", async () => {
    const { connection, waits } = connect(throttled("7"), throttled(), json("{}"));
    expect(await connection.send("GET", ARM)).toMatchObject({ status: 200 });
    expect(waits).toEqual([7, 30]);
  });

  test("to Azure Resource Manager is repeated when it is a read that fails, and not when it is a write", async () => {
    const failed = () => new Response("", { status: 503 });
    const { connection, waits } = connect(failed(), json("{}"), failed());
    expect(await connection.send("GET", ARM)).toMatchObject({ status: 200 });
    expect(await connection.send("PUT", ARM, { body: {} })).toMatchObject({ status: 503 });
    expect(waits).toEqual([30]);
  });

  test("is given up when it is throttled six times", async () => {
    const { connection, waits } = connect(...Array.from({ length: 6 }, () => throttled("1")));
    expect(await connection.send("GET", ARM)).toMatchObject({ status: 429 });
    expect(waits).toHaveLength(5);
  });

  test("to an endpoint is not: its 429 is an answer", async () => {
    const { connection, waits } = connect(throttled("1"));
    expect(await connection.send("POST", SCORE)).toMatchObject({ status: 429 });
    expect(waits).toEqual([]);
  });
});
