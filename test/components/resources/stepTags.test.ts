import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ProgressiveMlflowEndpoint } from "../../../components";
import { HEART, declareHeart } from "../../support/heart";
import { NOW, liveEndpoint } from "../../support/hooks";
import { NOT_FOUND, azureError } from "../../support/mockedAzure";
import type { Answers } from "../../support/mockedAzure";
import { mockRun } from "../../support/mocks";

const EARLIER = "2026-11-01T00:00:00.000Z";

beforeEach(() => {
  vi.stubEnv("MLFLOW_ROLLOUT_NOW", NOW);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

/** The tags of the traffic step, all of which decide whether it has a change. */
async function stepTags(live: Answers[string], tags?: Readonly<Record<string, string>>) {
  const { run } = await declareHeart(tags ? { tags } : {}, { answers: { getOnlineEndpoint: live } });
  const { parameters } = run.resource("heart-traffic").inputs["properties"] as {
    parameters: { tags: { value: Record<string, string> } };
  };
  return parameters.tags.value;
}

describe("the time of the last step", () => {
  const recorded = "default=100";

  test("is the recorded one while the live weights are the declared ones, so that nothing is written", async () => {
    const live = liveEndpoint({ traffic: { default: 100 }, recorded, changedAt: EARLIER });
    expect(await stepTags(live)).toMatchObject({ "mlflow-rollout-changed-at": EARLIER });
  });

  test.each<[string, Answers[string]]>([
    [
      "has other weights",
      liveEndpoint({ traffic: { default: 50, "xgboost-model-2": 50 }, recorded, changedAt: EARLIER }),
    ],
    [
      "has another mirror",
      liveEndpoint({
        traffic: { default: 100 },
        mirrorTraffic: { "xgboost-model-2": 5 },
        recorded,
        changedAt: EARLIER,
      }),
    ],
    ["has no record", liveEndpoint({ traffic: { default: 100 } })],
    ["is gone", NOT_FOUND],
    ["cannot be read", azureError(503, "ServiceUnavailable", "Try again.")],
    ["reads as something that is no endpoint", {}],
    ["reads as an endpoint without weights", { location: "westeurope", properties: {} }],
    [
      "has a record that somebody edited",
      liveEndpoint({
        traffic: { default: 50 },
        recorded: "?",
        tags: { "mlflow-rollout-tags": '{"declared":[],"kept":5}' },
      }),
    ],
  ])(
    "is now, and nothing is thrown, when the endpoint %s: the step then has a change and its hooks run",
    async (_, live) => {
      expect(await stepTags(live)).toMatchObject({ "mlflow-rollout-changed-at": NOW });
    },
  );
});

test("tags that other tools put on the endpoint are kept beside the declared ones", async () => {
  const live = liveEndpoint({ traffic: { default: 90 }, tags: { owner: "policy", team: "old" } });
  expect(await stepTags(live, { team: "cardio" })).toMatchObject({ owner: "policy", team: "cardio" });
});

test("the endpoint is read when all deployments are settled", async () => {
  const settledAtRead: (readonly string[])[] = [];
  const run = await mockRun({
    getOnlineEndpoint: () => {
      settledAtRead.push(run.registered.map(({ name }) => name));
      throw NOT_FOUND;
    },
  });
  const heart = new ProgressiveMlflowEndpoint("heart", HEART);
  await run.settled();
  expect(heart).toBeDefined();
  // Once to decide what is written first, once to prepare the step.
  const deployments = ["heart-deployment-default", "heart-deployment-xgboost-model-2"];
  expect(settledAtRead.map((names) => deployments.every((name) => names.includes(name)))).toEqual([false, true]);
  expect(settledAtRead.flat()).not.toContain("heart-traffic");
});
