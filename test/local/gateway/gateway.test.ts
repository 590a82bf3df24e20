import { describe, expect, test, onTestFinished, vi } from "vitest";
import { Gateway } from "../../../local/src/gateway/gateway";
import type { GatewayOptions } from "../../../local/src/gateway/gateway";
import type { ServedDeployment, ServedRequest } from "../../../local/src/gateway/served";
import type { Exchange } from "../../../local/src/http/exchange";
import { ScoringError } from "../../../local/src/scoring/inputData";

type Score = ServedDeployment["scorer"]["score"];

/** A deployment whose model does what a test says. */
function deployment(name: string, score: Score): ServedDeployment & { readonly lines: string[] } {
  const lines: string[] = [];
  const scorer = { score, swagger: () => undefined, close: () => Promise.resolve() };
  const settings = { requestTimeoutMs: 1000, maxConcurrentRequestsPerInstance: 1, instances: 1 };
  return { name, scorer, ...settings, lines, log: (line) => void lines.push(line) };
}

/** An endpoint with all its traffic on `live` and half of it mirrored to `mirror`, and what was observed of it. */
function endpointOf(live: ServedDeployment, mirror: ServedDeployment, options: Partial<GatewayOptions> = {}) {
  const observed: ServedRequest[] = [];
  const endpoint = {
    id: "/subscriptions/s/resourceGroups/g/providers/p/workspaces/w/onlineEndpoints/heart",
    name: "heart",
    authorize: () => true,
    traffic: [{ deployment: live.name, percent: 100 }],
    mirrorTraffic: [{ deployment: mirror.name, percent: 50 }],
    deployments: new Map([live, mirror].map((one) => [one.name, one])),
  };
  const observe = (request: ServedRequest) => void observed.push(request);
  return { gateway: new Gateway({ find: () => endpoint, observe, random: () => 0, ...options }), observed };
}

function exchange(changes: Partial<Exchange> = {}): Exchange {
  const body = Buffer.from('{"input_data": [[1]]}');
  const headers = { "content-type": "application/json" };
  return { method: "POST", path: "/endpoints/r/heart/score", query: new URLSearchParams(), headers, body, ...changes };
}
const answer: Score = () => Promise.resolve([1]);
const statusesOf = (observed: readonly ServedRequest[]) =>
  observed.map((one) => [one.deployment, one.status, one.modelStatus, one.mirrored]);

describe("a mirrored copy", () => {
  test.each<[string, Score, readonly unknown[]]>([
    ["answers otherwise", () => Promise.resolve([2]), ["mirror", 200, 200, true]],
    ["is refused by its model", () => Promise.reject(new ScoringError(400, "bad")), ["mirror", 424, 400, true]],
    ["breaks its model", () => Promise.reject(new Error("broken")), ["mirror", 424, 500, true]],
  ])("that %s is measured, and the caller sees nothing of it", async (_, score, measured) => {
    const { gateway, observed } = endpointOf(deployment("live", answer), deployment("mirror", score));
    const reply = await gateway.handle(exchange(), "heart", "r", "score");
    expect(reply).toMatchObject({
      status: 200,
      headers: { "azureml-model-deployment": "live" },
      body: Buffer.from("[1]"),
    });
    expect(statusesOf(observed)).toEqual(expect.arrayContaining([["live", 200, 200, false], measured]));
  });

  test("that never ends keeps no caller waiting, and beyond its places further copies are dropped with 429", async () => {
    const never: Score = () => new Promise(() => undefined);
    const { gateway, observed } = endpointOf(deployment("live", answer), deployment("mirror", never));
    for (let sent = 0; sent < 3; sent++) {
      expect((await gateway.handle(exchange(), "heart", "r", "score")).status).toBe(200);
    }
    const mirrored = observed.filter((one) => one.mirrored);
    expect(statusesOf(mirrored)).toEqual([["mirror", 429, undefined, true]]);
  });

  test("is not made of a request with the header, nor of one for swagger.json", async () => {
    const { gateway, observed } = endpointOf(deployment("live", answer), deployment("mirror", answer));
    await gateway.handle(exchange({ headers: { "azureml-model-deployment": "live" } }), "heart", "r", "score");
    await gateway.handle(exchange({ method: "GET" }), "heart", "r", "swagger.json");
    expect(observed.map(({ deployment: name }) => name)).toEqual(["live", "live"]);
  });
});

describe("a request", () => {
  test("of more than 100 MB is refused before it reaches a model", async () => {
    const { gateway, observed } = endpointOf(deployment("live", answer), deployment("mirror", answer));
    const reply = await gateway.handle(exchange({ body: Buffer.alloc(100 * 1024 * 1024 + 1) }), "heart", "r", "score");
    expect(reply.status).toBe(413);
    expect(statusesOf(observed)).toEqual([[undefined, 413, undefined, false]]);
  });

  test("that the model breaks on is told to the log with the model's own words, and to the client without", async () => {
    const live = deployment("live", () => Promise.reject(new Error("no such category: blue")));
    const { gateway } = endpointOf(live, deployment("mirror", answer));
    const reply = await gateway.handle(exchange(), "heart", "r", "score");
    expect(reply).toMatchObject({
      status: 424,
      headers: { "ms-azureml-model-error-statuscode": "500", "x-ms-run-function-failed": "True" },
      body: Buffer.from('{"message":"An unexpected error occurred in scoring script. Check the logs for more info."}'),
    });
    expect(live.lines).toEqual([
      "Encountered Exception: Error: no such category: blue",
      expect.stringMatching(/^POST \/score 500 \d+\.\d{3}ms$/),
    ]);
  });

  test("takes as long as the model and, in virtual time, what stood before it", async () => {
    vi.useFakeTimers({ toFake: ["performance"] });
    onTestFinished(() => void vi.useRealTimers());
    const { gateway, observed } = endpointOf(deployment("live", answer), deployment("mirror", answer), {
      intercept: (_, __, score, spend) => {
        // On a fast clock virtual time and the real time that it takes have nothing in common.
        vi.advanceTimersByTime(50);
        spend(2500);
        return score();
      },
    });
    const { headers } = await gateway.handle(exchange(), "heart", "r", "score");
    const live = observed.find(({ mirrored }) => !mirrored);
    expect(live?.durationMs).toBe(2500);
    expect(Number(headers?.["x-ms-run-fn-exec-ms"])).toBeCloseTo(live?.durationMs ?? 0, 2);
  });
});
