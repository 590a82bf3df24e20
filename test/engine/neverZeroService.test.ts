import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { BLUE, GREEN } from "../../driver/article";
import { documentedWrites } from "../support/liveTrafficTable";
import { ServingStack } from "../support/servingStack";

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

let serving: ServingStack;
let drops = false;

beforeAll(async () => {
  const blueOnly = { deployments: { [BLUE]: { modelVersion: "1" } }, traffic: { [BLUE]: 100 } };
  serving = await ServingStack.start([blueOnly], {
    admit: async ({ method, path }) => {
      if (!drops || method !== "PUT" || !path.endsWith(`/deployments/${GREEN}`)) return true;
      drops = false;
      await dropWeights();
      return true;
    },
  });
});

afterAll(() => serving.close());

/** What users have reported of the service (microsoft.com/answers 2262324). */
async function dropWeights(): Promise<void> {
  await serving.rehearsal.editEndpoint({ properties: { traffic: {} } });
}

test("the service drops the weights while a deployment is created", async () => {
  drops = true;
  const traffic = { [BLUE]: 100, [GREEN]: 0 };
  serving.declare({ traffic });
  const { refused, text, writes } = await serving.observe((stack) => stack.up());
  const drop = "PUT onlineEndpoints";
  expect({ refused, writes }).toEqual({ refused: false, writes: [drop, ...documentedWrites()] });
  expect(text).toContain(
    "warning: the endpoint lost its weights default=100 while its deployments were written; they are written again",
  );
  expect(await serving.live("properties.traffic")).toEqual(traffic);
  await serving.expectSettled();
});
