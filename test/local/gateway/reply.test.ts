import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { EXPECTED_ANSWERS, SAMPLE_REQUEST } from "../../../driver/heartWorkspace";
import type { TestAzure } from "../../support/localAzure";
import type { Scoring } from "../../../driver/scoring";
import { startHeartEndpoint } from "../../support/heartEndpoint";

let azure: TestAzure;
let endpoint: Scoring;
beforeAll(async () => {
  ({ azure, endpoint } = await startHeartEndpoint());
});
afterAll(() => azure.close());

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const send = (method: string, path: string, headers: Record<string, string> = {}, body?: string) => {
  const authorized = { authorization: `Bearer ${endpoint.key}`, ...headers };
  return azure.send(method, endpoint.uri.replace(/\/score$/, path), { headers: authorized, body });
};
const inner = "ms-azureml-model-error-statuscode";

describe("ids", () => {
  test("of requests are GUIDs of the service, whatever the client sends", async () => {
    const given = { "x-request-id": "mine", "x-ms-request-id": "mine" };
    const answers = [await endpoint.score({ headers: given }), await endpoint.score({ headers: given })];
    const ids = answers.map(({ headers }) => headers["x-request-id"]);
    expect(new Set(ids).size).toBe(2);
    for (const { headers } of answers) {
      expect(headers["x-request-id"]).toMatch(GUID);
      expect(headers["x-ms-request-id"]).toBe(headers["x-request-id"]);
      expect(headers).not.toHaveProperty("x-ms-client-request-id");
    }
  });

  test.each([
    ["run_1-b", "run_1-b"],
    ["run 1/b;c", "run1bc"],
    ["c".repeat(41), "c".repeat(40)],
  ])("of clients come back as letters, digits, hyphens and underscores, 40 at the most: %s", async (sent, echoed) => {
    const { headers } = await endpoint.score({ headers: { "x-ms-client-request-id": sent } });
    expect(headers["x-ms-client-request-id"]).toBe(echoed);
  });

  test("come with refusals too", async () => {
    const { status, headers } = await endpoint.score({ headers: { authorization: "Bearer wrong" } });
    expect(status).toBe(401);
    expect(headers["x-request-id"]).toMatch(GUID);
    expect(headers).not.toHaveProperty("azureml-model-deployment");
  });
});

describe("the container's routes", () => {
  test("take a request by GET, its parameters as JSON", async () => {
    const { input_data } = JSON.parse(SAMPLE_REQUEST) as { input_data: object };
    const query = new URLSearchParams({ input_data: JSON.stringify(input_data) });
    expect(await send("GET", `/score?${query.toString()}`)).toMatchObject({ status: 200, body: EXPECTED_ANSWERS.blue });
  });

  test.each([
    ["GET", 400, "A value is not provided for the 'input_data' parameter."],
    ["DELETE", 405, "Method not allowed"],
    ["PATCH", 405, "Method not allowed"],
  ])("answer %s without parameters by %i", async (method, status, message) => {
    const answer = await send(method, "/score");
    expect(answer).toMatchObject({ status: 424, body: { message } });
    expect(answer.headers[inner]).toBe(String(status));
  });

  test("answer OPTIONS without a word on other origins: browsers cannot call the endpoint", async () => {
    const { status, headers, body } = await send("OPTIONS", "/score", { origin: "https://example.org" });
    expect({ status, body }).toEqual({ status: 200, body: "" });
    expect(Object.keys(headers).filter((name) => name.startsWith("access-control-"))).toEqual([]);
  });

  test.each([
    ["text/plain", 415],
    ["application/json; charset=utf-8", 200],
    ["application/problem+json", 200],
    ["application/jsonl", 415],
  ])("take JSON only: %s is %i", async (type, expected) => {
    const { status, headers } = await endpoint.score({ headers: { "content-type": type } });
    expect(status === 200 ? 200 : Number(headers[inner])).toBe(expected);
  });

  test("refuse an empty body", async () => {
    expect(await endpoint.score({ body: "" })).toMatchObject({
      status: 424,
      body: { message: "POST body is empty. Expecting a JSON dictionary." },
    });
  });

  test.each(["/", "/health", "/score/", "/Score"])("are not reached under %s", async (path) => {
    expect(await send("GET", path)).toMatchObject({ status: 404, body: { message: "not found" } });
  });
});
