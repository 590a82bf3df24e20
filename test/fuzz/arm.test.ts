import { fc } from "@fast-check/vitest";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { SentReply } from "../../local/src/http/exchange";
import { apiVersionOf } from "../../driver/apiVersion";
import { DirectAzure, SUBSCRIPTION } from "../../driver/directAzure";
import type { RawRequest } from "../../driver/directAzure";
import { changed, changedPath, changes, oddName, oddValue, rarely } from "./mutations";
import type { Change } from "./mutations";
import { FUZZ_TIMEOUT, runs } from "./runs";
import { others, writes } from "./seeds";
import type { Seed } from "./seeds";

const RUNS = runs(5000);
/** Requests until everything is there again. */
const REBUILD_AFTER = 150;
const VERSION = "2024-04-01";

/** Ids of resources that are there, for where another is expected. */
const IDS = writes({ azure: { subscriptionId: SUBSCRIPTION, tenantId: "" } }).map(
  ({ path }) => `/subscriptions/${SUBSCRIPTION}/${path}`,
);

let azure: DirectAzure;
let authorization: string;
beforeAll(async () => {
  azure = await DirectAzure.start();
  authorization = `Bearer ${await azure.token("https://management.azure.com")}`;
}, FUZZ_TIMEOUT);
afterAll(() => azure.close());

function toRequest({ method, path, body }: Seed): RawRequest {
  const id = `/subscriptions/${azure.azure.subscriptionId}/${path}`;
  const target = `${id}?api-version=${apiVersionOf(id)}`;
  return { method, target, headers: { authorization }, ...(body && { body: JSON.stringify(body) }) };
}

/** Puts one of everything there, whatever earlier requests have left. */
async function rebuild(): Promise<void> {
  await azure.control("POST", "reset");
  for (const seed of writes(azure)) {
    const { status, headers } = await azure.send(toRequest(seed));
    expect({ path: seed.path, isServed: status < 300 }).toEqual({ path: seed.path, isServed: true });
    const goesOn = status === 202 || headers["azure-asyncoperation"] !== undefined;
    if (goesOn) await azure.control("POST", "clock", { advanceSeconds: 600 });
  }
}

/** What is changed of a request that was as it should be. */
interface Mutation {
  readonly seed: number;
  readonly isWrite: boolean;
  readonly method: string | undefined;
  readonly path: readonly Change[];
  readonly body: readonly Change[];
  readonly raw: string | undefined;
  readonly query: string | undefined;
  readonly headers: Readonly<Record<string, string>> | undefined;
  /** Virtual seconds that pass before it. */
  readonly pause: number;
}

const mutation: fc.Arbitrary<Mutation> = fc.record({
  seed: fc.nat(10_000),
  isWrite: fc.boolean(),
  method: rarely(fc.constantFrom("GET", "PUT", "PATCH", "DELETE", "HEAD", "POST", "OPTIONS", "TRACE", "constructor")),
  path: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: changes(oddName, 2) }),
  body: changes(fc.oneof({ weight: 4, arbitrary: oddValue }, { weight: 1, arbitrary: fc.constantFrom(...IDS) }), 3),
  raw: rarely(
    fc.oneof(fc.string(), fc.constantFrom("", "[]", "null", '"', '{"a":', "\uFEFF{}", '{"__proto__":{"x":1}}')),
  ),
  query: rarely(
    fc.constantFrom(
      "",
      "api-version=",
      "api-version=latest",
      `API-VERSION=${VERSION}`,
      `api-version=${VERSION}&$filter='`,
      "%",
    ),
  ),
  headers: rarely(
    fc.dictionary(
      fc.constantFrom("authorization", "content-type", "x-ms-client-request-id", "x-ms-correlation-request-id"),
      fc.string({ unit: "grapheme-ascii", maxLength: 20 }),
    ),
  ),
  pause: fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 30, 600),
});

function mutated({ seed, isWrite, method, path, body, raw, query, headers }: Mutation): RawRequest {
  const list = isWrite ? writes(azure) : others(azure);
  const from = list[seed % list.length] ?? { method: "GET", path: "" };
  const target = changedPath(`/subscriptions/${azure.azure.subscriptionId}/${from.path}`, path);
  return {
    method: method ?? from.method,
    target: `${target}?${query ?? `api-version=${apiVersionOf(target)}`}`,
    headers: { authorization, ...headers },
    body: raw ?? (from.body === undefined ? "" : (JSON.stringify(changed(from.body, body)) ?? "")),
  };
}

/** What is wrong with an answer, whatever was asked. */
function problems({ method, target }: RawRequest, { status, headers, body }: SentReply, isChanged: boolean): string[] {
  const isRead = method === "GET" || method === "HEAD";
  const rules: readonly (readonly [string, boolean])[] = [
    // 501 is the refusal of an operation by its name.
    ["is a success or refuses", status >= 200 && (status < 500 || status === 501)],
    ["changes nothing when it refuses or reads", !isChanged || (status < 400 && !isRead)],
    ["is an error of ARM", status < 400 || method === "HEAD" || isError(target, headers["content-type"], String(body))],
  ];
  return rules.filter(([, isKept]) => !isKept).map(([rule]) => `${status} not: ${rule}`);
}

/** `{"error": {"code": "...", "message": "..."}}`; Azure Monitor leaves the outer object out of errors of metrics. */
function isError(target: string, contentType: string | undefined, body: string): boolean {
  const answer = JSON.parse(body) as { readonly error?: unknown };
  const isOfMetrics = answer.error === undefined && /\/providers\/Microsoft\.Insights\/metrics\?/i.test(target);
  const { code, message } = (isOfMetrics ? answer : (answer.error ?? {})) as Record<string, unknown>;
  const isText = (value: unknown): boolean => typeof value === "string" && value !== "";
  return contentType?.startsWith("application/json") === true && isText(code) && isText(message);
}

test(
  `${RUNS} requests to Azure Resource Manager that are not as they should be: none breaks it, none that is refused changes anything`,
  async () => {
    const answers = new Map<number, number>();
    let [count, before] = [0, ""];
    await fc.assert(
      fc.asyncProperty(mutation, async (given) => {
        const rebuilds = count++ % REBUILD_AFTER === 0;
        if (rebuilds) await rebuild();
        if (given.pause > 0) await azure.control("POST", "clock", { advanceSeconds: given.pause });
        if (rebuilds || given.pause > 0) before = await azure.state();
        const request = mutated(given);
        const reply = await azure.send(request);
        const after = await azure.state();
        expect(problems(request, reply, after !== before)).toEqual([]);
        answers.set(reply.status, (answers.get(reply.status) ?? 0) + 1);
        before = after;
      }),
      // What earlier requests left is part of a case, so a smaller one may well pass.
      { numRuns: RUNS, endOnFailure: true },
    );
    // The requests are close enough to good ones for a good part of them to be served.
    for (const status of [200, 400]) expect(answers.get(status) ?? 0).toBeGreaterThan(RUNS / 10);
  },
  FUZZ_TIMEOUT,
);
