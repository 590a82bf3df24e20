import { afterAll, beforeAll, expect, test } from "vitest";
import type { TrafficLogRow } from "../../../local/src/gateway/trafficLog";
import { ENDPOINT, endpointBody, SAMPLE_REQUEST } from "../../../driver/heartWorkspace";
import { valueAt } from "../../support/localAzure";
import type { TestAzure } from "../../support/localAzure";
import type { Scoring } from "../../../driver/scoring";
import { startHeartEndpoint } from "../../support/heartEndpoint";

let azure: TestAzure;
let endpoint: Scoring;
beforeAll(async () => {
  ({ azure, endpoint } = await startHeartEndpoint({ random: () => 0 }));
  await azure.operate("PUT", ENDPOINT, endpointBody({ traffic: { blue: 100 }, mirrorTraffic: { green: 50 } }));
});
afterAll(() => azure.close());

const rows = async (): Promise<readonly TrafficLogRow[]> =>
  valueAt((await azure.send("GET", "/_local/traffic-log")).body, "rows") as readonly TrafficLogRow[];

test("the traffic log has a row for each request that was answered and none for a mirrored copy", async () => {
  const headers = { "x-ms-client-request-id": "run-1", "user-agent": "agent ".repeat(20) };
  const answer = await endpoint.score({ headers });
  await endpoint.score({ body: "{" });
  await endpoint.score({ headers: { authorization: "Bearer wrong" } });
  const [first, failed, refused, ...more] = await rows();
  expect(more).toEqual([]);
  expect(first).toEqual({
    TimeGenerated: valueAt((await azure.send("GET", "/_local/clock")).body, "now"),
    Location: "westeurope",
    Method: "POST",
    Path: "/score",
    SubscriptionId: azure.azure.subscriptionId,
    AzureMLWorkspaceName: "heart",
    EndpointName: "heart-classifier",
    DeploymentName: "blue",
    Protocol: "HTTP/1.1",
    ResponseCode: 200,
    ResponseCodeReason: "OK",
    ModelStatusCode: 200,
    ModelStatusReason: "OK",
    RequestPayloadSize: SAMPLE_REQUEST.length,
    ResponsePayloadSize: Number(answer.headers["content-length"]),
    UserAgent: "agent ".repeat(20).slice(0, 70),
    XRequestId: answer.headers["x-request-id"],
    XMSClientRequestId: "run-1",
    // Both are rounded, each in its own way.
    TotalDurationMs: expect.closeTo(Number(answer.headers["x-ms-run-fn-exec-ms"]), -1) as number,
  });
  expect(failed).toMatchObject({
    DeploymentName: "blue",
    ResponseCode: 424,
    ResponseCodeReason: "model_error",
    ModelStatusCode: 400,
    ModelStatusReason: "Bad Request",
  });
  expect(refused).toMatchObject({
    DeploymentName: "",
    ResponseCode: 401,
    ResponseCodeReason: "key_auth_access_denied",
    ModelStatusCode: null,
    ModelStatusReason: "",
  });
});

test("a reset forgets rows and metrics", async () => {
  await azure.send("POST", "/_local/reset");
  expect(await rows()).toEqual([]);
});
