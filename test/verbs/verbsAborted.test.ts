import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { EXIT } from "../../cli/terminal/exitCodes";
import { valueAt } from "../../driver/azureClient";
import { TIMEOUT_MS, VerbSession } from "../support/verbSession";

vi.setConfig({ testTimeout: TIMEOUT_MS, hookTimeout: TIMEOUT_MS });

/** One candidate, which is aborted at every step of the plan in turn. */
let session: VerbSession;

beforeAll(async () => {
  session = await VerbSession.open(true);
  await session.up();
  await session.project.must("mlflow-rollout start models/2 --yes");
});

afterAll(() => session.close());

test.each([
  ["10 %", "candidateTraffic=10"],
  ["25 %", "candidateTraffic=25"],
  ["50 %", "candidateTraffic=50"],
  ["all of the traffic", "candidateTraffic=100"],
  ["copies of live requests", "mirrorTraffic.model-2=10"],
])("abort at %s is one write, and a preview has no changes afterwards", async (_, step) => {
  await session.project.must(`pulumi up --yes --skip-preview --config-path -c ${step}`);
  const { code, stderr, writes } = await session.verb("abort --yes");
  expect({ code, stderr, writes }).toEqual({ code: EXIT.done, stderr: "", writes: ["PUT deployments"] });
  const [endpoint] = await session.azure.resources("/onlineEndpoints");
  expect(valueAt(endpoint, "properties.traffic")).toEqual({ "model-1": 100, "model-2": 0 });
  expect(valueAt(endpoint, "properties.mirrorTraffic") ?? {}).toEqual({});
  expect(session.config()).toMatchObject({ candidate: "model-2", candidateTraffic: 0 });
  expect(await session.isSettled()).toBe(true);
});
