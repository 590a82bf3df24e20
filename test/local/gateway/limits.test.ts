import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { deploymentBody, ENDPOINT, EXPECTED_ANSWERS, SAMPLE_REQUEST } from "../../../driver/heartWorkspace";
import type { TestAzure } from "../../support/localAzure";
import type { Scoring } from "../../../driver/scoring";
import { startHeartEndpoint } from "../../support/heartEndpoint";

let azure: TestAzure;
let endpoint: Scoring;
beforeAll(async () => {
  ({ azure, endpoint } = await startHeartEndpoint());
});
afterAll(() => azure.close());

const update = (version: string, requestSettings: object, capacity = 1) =>
  azure.operate("PUT", `${ENDPOINT}/deployments/blue`, {
    ...deploymentBody(azure, version, { requestSettings }),
    sku: { name: "Default", capacity },
  });
/** Requests at the same time, over connections that are open already. */
async function statuses(requests: number): Promise<Record<number, number>> {
  const round = () => Promise.all(Array.from({ length: requests }, () => endpoint.score()));
  await round();
  const counts: Record<number, number> = {};
  for (const { status } of await round()) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

describe("a deployment", () => {
  test("refuses with 429 what waits beyond twice its concurrency", async () => {
    const counts = await statuses(12);
    expect(Object.keys(counts)).toEqual(["200", "429"]);
    expect(counts[200]).toBeGreaterThanOrEqual(2);
  });

  test.each([
    ["concurrency", 6, 1],
    ["instances", 1, 6],
  ])("takes all of them with enough %s", async (_, maxConcurrentRequestsPerInstance, instances) => {
    await update("1", { maxConcurrentRequestsPerInstance }, instances);
    expect(await statuses(12)).toEqual({ 200: 12 });
  });

  test("answers 408 when the model takes longer than requestTimeout", async () => {
    await update("1", { requestTimeout: "PT0.001S" });
    const { columns, data } = (JSON.parse(SAMPLE_REQUEST) as { input_data: { columns: string[]; data: unknown[] } })
      .input_data;
    const rows = Array.from({ length: 5000 }, (_, row) => data[row % data.length]);
    const { status, headers } = await endpoint.score({ body: { input_data: { columns, data: rows } } });
    expect(status).toBe(408);
    expect(headers["azureml-model-deployment"]).toBe("blue");
  });
});

test("no request is lost while a deployment changes its model", async () => {
  await update("1", {});
  const updates = new AbortController();
  const seen = new Set<string>();
  const load = async (): Promise<void> => {
    while (!updates.signal.aborted) {
      const { status, body } = await endpoint.score();
      seen.add(`${status} ${JSON.stringify(body)}`);
    }
  };
  const workers = [load(), load()];
  for (const version of ["2", "1", "2"]) await update(version, {});
  updates.abort();
  await Promise.all(workers);
  const { blue, green } = EXPECTED_ANSWERS;
  expect(seen).toEqual(new Set([blue, green].map((answer) => `200 ${JSON.stringify(answer)}`)));
});
