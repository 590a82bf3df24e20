import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { GateArgs } from "../../../components/args/gates";
import { RefusedRead } from "../../../components/azure/armRequest";
import type { Reply } from "../../../components/azure/scoringRequest";
import { answerPairs } from "../../../components/evidence/answerPairs";
import { GateAsker } from "../../../components/evidence/askGates";
import { probe } from "../../../components/evidence/probe";
import { gatesOf } from "../../../components/settings/gates";
import type { GateOf } from "../../../components/settings/gates";
import { temporaryFolder } from "../../support/temporaryFolder";

const ABOUT = { candidate: "green", stable: "blue", from: 0, to: 10, hasRequests: true };
const refused = () => Promise.reject(new RefusedRead(403, "AuthorizationFailed"));

/** What gates say of an endpoint that nobody may read. */
async function ask(gates: Readonly<Record<string, GateArgs>>) {
  const endpoint = {
    name: "heart",
    id: "/subscriptions/s/heart",
    authMode: "Key",
    scoringUri: "https://localhost:1/score",
  };
  const asker = new GateAsker({ arm: { get: refused, ask: refused }, tokenFor: refused, endpoint });
  const verdicts = await asker.ask(gatesOf(gates).map((gate) => ({ gate, about: ABOUT })));
  return verdicts.map(({ gate, verdict, numbers, source }) => `${gate} ${verdict}: ${numbers} (${source})`);
}

describe("what cannot be asked decides nothing", () => {
  test("and names the permission, the file or the address", async () => {
    const folder = temporaryFolder({ "request.json": "[1]", "broken.json": "[1", "requests.jsonl": "\n" });
    expect(
      await ask({
        errors: { errors: { maxPercent: 1 } },
        slow: { latency: { maxMilliseconds: 5 } },
        smoke: { request: { data: `${folder}/request.json` } },
        broken: { request: { data: `${folder}/broken.json` } },
        none: { latency: { maxMilliseconds: 5, probes: 10, data: `${folder}/none.json` } },
        empty: { compare: { data: `${folder}/requests.jsonl` } },
        away: { http: { url: "http://127.0.0.1:1/", timeoutSeconds: 5 } },
      }),
    ).toEqual([
      "errors inconclusive: Azure answers 403 AuthorizationFailed; it needs the permission Microsoft.Insights/metrics/read (Azure Monitor)",
      "slow inconclusive: Azure answers 403 AuthorizationFailed; it needs the permission Microsoft.Insights/metrics/read (Azure Monitor)",
      "smoke inconclusive: cannot get the key of endpoint heart: Azure answers 403 AuthorizationFailed; it needs the permission " +
        `Microsoft.MachineLearningServices/workspaces/onlineEndpoints/listKeys/action (a request by its header, ${folder}/request.json)`,
      expect.stringMatching(
        /^broken inconclusive: .*broken\.json is not JSON: .*; give what callers send \(/,
      ) as string,
      `none inconclusive: ${folder}/none.json cannot be read: there is no such file (up to 10 requests by header, ${folder}/none.json)`,
      `empty inconclusive: ${folder}/requests.jsonl: has no request; write one on each line (requests by header to both, ${folder}/requests.jsonl)`,
      expect.stringMatching(
        /^away inconclusive: 127\.0\.0\.1:1 does not answer: .* \(GET http:\/\/127\.0\.0\.1:1\/\)$/,
      ) as string,
    ]);
  });

  test("a secret that a command prints is not shown", async () => {
    expect(await ask({ check: { command: { run: [process.execPath, "-p", '"token=abcdef123456"'] } } })).toEqual([
      expect.stringMatching(/^check pass: ends with 0: token=\[redacted\] \(command /) as string,
    ]);
  });
});

describe("a GET", () => {
  const server = createServer((request, response) => {
    response.statusCode = request.url === "/down" ? 503 : 200;
    response.end(JSON.stringify({ state: "ok", authorization: request.headers.authorization ?? "none" }));
  });
  let url = "";
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => void server.close());

  test("is sent without credentials, and its answer judged", async () => {
    const verdicts = await ask({
      ready: { http: { url: `${url}/ready`, at: "state", equals: "ok" } },
      alone: { http: { url, at: "authorization", equals: "none" } },
      down: { http: { url: `${url}/down` } },
    });
    expect(verdicts.map((text) => text.replaceAll(url, "URL"))).toEqual([
      'ready pass: answers "ok" at state (GET URL/ready)',
      'alone pass: answers "none" at authorization (GET URL/)',
      "down fail: answers 503, not 200 (GET URL/down)",
    ]);
  });
});

/** Deployments that answer so. */
function sending(replies: Readonly<Record<string, Partial<Reply>>>) {
  const sent: string[] = [];
  const send = (deployment: string): Promise<Reply> => {
    sent.push(deployment);
    return Promise.resolve({ status: 200, headers: {}, text: "[1]", milliseconds: 10, ...replies[deployment] });
  };
  return { send, sent };
}

describe("probes", () => {
  const [gate] = gatesOf({
    fast: { latency: { percentile: 50, maxTimesStable: 2, probes: 300 } },
  }) as readonly GateOf<"latency">[];
  const request = { settings: (gate as GateOf<"latency">).settings, candidate: "green", stable: "blue", body: "[1]" };

  test("go to both by turns, the first of each uncounted, and end when it is clear", async () => {
    const { send, sent } = sending({ green: { milliseconds: 50 } });
    const { candidate, stable } = await probe(send, request);
    expect(candidate).toHaveLength(stable.length);
    expect(candidate.length).toBeLessThan(100);
    expect(sent.length).toBe(2 * (candidate.length + 1));
    expect(sent.slice(0, 4)).toEqual(["green", "blue", "green", "blue"]);
  });

  test("that the model fails never end, and those that nobody answers decide nothing", async () => {
    const failing = await probe(sending({ green: { status: 424, text: "no" } }).send, request);
    expect(new Set(failing.candidate)).toEqual(new Set([Infinity]));
    const refusing = probe(sending({ green: { status: 403, text: "no" } }).send, request);
    await expect(refusing).rejects.toThrow("green answers 403: no; an Entra token needs the permission");
  });
});

test("a set of requests goes to both, and what each said is kept with it", async () => {
  const { send } = sending({ green: { status: 424, text: '{"message":"no column"}' }, blue: { text: "[0]" } });
  const requests = [{ line: 3, body: "[1]" }];
  const done: number[] = [];
  expect(
    await answerPairs(send, { candidate: "green", stable: "blue", requests }, undefined, (count) => done.push(count)),
  ).toEqual([
    { request: requests[0], candidate: { error: "424: no column", isModels: true }, stable: { answer: [0] } },
  ]);
  expect(done).toEqual([1]);
  const ended = AbortSignal.abort(new Error("interrupted"));
  await expect(answerPairs(send, { candidate: "green", stable: "blue", requests }, ended)).rejects.toThrow(
    "interrupted",
  );
});
