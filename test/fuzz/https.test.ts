import { fc } from "@fast-check/vitest";
import { startLocalAzure } from "azure-mlflow-rollout-local";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createHeartEndpoint, ENDPOINT, EXPECTED_ANSWERS, SAMPLE_REQUEST } from "../../driver/heartWorkspace";
import { AzureClient, textAt } from "../../driver/azureClient";
import type { Answer } from "../../driver/azureClient";
import { changed, changedPath, changes, oddName, oddValue } from "./mutations";
import { others, writes } from "./seeds";

const RUNS = 400;
const SCORE = "/endpoints/westeurope/heart-classifier/score";

/** Others are sent without a length, so a body would be taken for the next request. */
const WITH_BODY = new Set(["POST", "PATCH"]);

let azure: AzureClient;
let key: string;
beforeAll(async () => {
  // Not observed: what is served of odd requests is no exchange of a client.
  azure = new AzureClient(await startLocalAzure());
  await azure.clock({ freeze: true });
  await createHeartEndpoint(azure);
  key = textAt((await azure.arm("POST", `${ENDPOINT}/listKeys`)).body, "primaryKey");
});
afterAll(() => azure.close());

/** A target as an HTTP client can send it: whatever is no character of a request line is percent-encoded. */
const sendable = (target: string): string =>
  [...Buffer.from(target.startsWith("/") ? target : `/${target}`)]
    .map((byte) => (byte > 0x20 && byte < 0x7f ? String.fromCodePoint(byte) : `%${byte.toString(16).padStart(2, "0")}`))
    .join("");
const token = fc.string({ unit: "grapheme-ascii", maxLength: 30 });
const expectServed = ({ status }: Answer): void => {
  expect(status).toBeGreaterThanOrEqual(200);
  // 501 is the refusal of an operation by its name.
  expect(status === 501 ? 400 : status).toBeLessThan(500);
};

describe("over HTTPS", () => {
  test(`${RUNS} scoring requests that are not as they should be break nothing`, async () => {
    const score = (body: unknown, headers: Record<string, string> = {}) =>
      azure.send("POST", SCORE, {
        headers: { authorization: `Bearer ${key}`, "content-type": "application/json", ...headers },
        body,
      });
    const headers = fc.record(
      {
        authorization: fc.oneof(
          token,
          token.map((text) => `Bearer ${text}`),
        ),
        "content-type": fc.oneof(token, fc.constantFrom("text/plain", "application/json; charset=utf-16")),
        "azureml-model-deployment": fc.oneof(token, fc.constantFrom("blue", "GREEN", "constructor")),
        "x-request-id": fc.oneof(token, fc.constant("r".repeat(200))),
        "x-ms-client-request-id": token,
      },
      { requiredKeys: [] },
    );
    const body = fc.oneof(
      changes(oddValue, 3).map((list) => changed(JSON.parse(SAMPLE_REQUEST), list)),
      fc.string(),
      fc.jsonValue(),
    );
    await fc.assert(
      fc.asyncProperty(body, fc.option(headers, { nil: {} }), async (content, given) => {
        expectServed(await score(typeof content === "string" ? content : JSON.stringify(content), given));
      }),
      { numRuns: RUNS, endOnFailure: true },
    );
    expect(await score(SAMPLE_REQUEST)).toMatchObject({ status: 200, body: EXPECTED_ANSWERS.blue });
  });

  test(`${RUNS} requests to any service are answered`, async () => {
    const seeds = [
      ...[...writes(azure), ...others(azure)].map(({ path }) => `/subscriptions/${azure.azure.subscriptionId}/${path}`),
      ...["/subscriptions", "/tenants", "/providers", "/metadata/endpoints", "/t/oauth2/v2.0/token"],
      ...["/blob/heartstorage/models/a", "/vault/heartvault/secrets/token", SCORE, "/endpoints/x/y/swagger.json"],
    ];
    const path = fc.tuple(fc.constantFrom(...seeds), changes(oddName, 2));
    const method = fc.constantFrom("GET", "POST", "PATCH", "HEAD", "OPTIONS");
    await fc.assert(
      fc.asyncProperty(method, path, token, fc.string(), async (verb, [seed, list], header, body) => {
        const target = `${azure.azure.url}${sendable(changedPath(seed, list))}?api-version=2024-04-01`;
        const headers = { authorization: `Bearer ${await azure.token()}`, "x-ms-client-request-id": header };
        expectServed(await azure.send(verb, target, { headers, ...(WITH_BODY.has(verb) && { body }) }));
      }),
      { numRuns: RUNS, endOnFailure: true },
    );
    expect((await azure.arm("GET", ENDPOINT)).status).toBe(200);
  });
});
