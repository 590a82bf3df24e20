import { describe, expect, test } from "vitest";
import { declareHeart } from "../../support/heart";
import { liveEndpoint } from "../../support/hooks";
import { armId } from "../../support/mockedAzure";
import { settle } from "../../support/mocks";

const WORKSPACE = "Microsoft.MachineLearningServices/workspaces/mlw-abcde";
const ENDPOINT = `${WORKSPACE}/onlineEndpoints/heart-classifier-abcde`;
const KEYS = { listOnlineEndpointKeys: { primaryKey: "key-1", secondaryKey: "key-2" } };

const LIVE = { getOnlineEndpoint: liveEndpoint({ traffic: { default: 100 } }) };

const OUTPUTS = {
  endpointName: "heart-classifier-abcde",
  endpointId: armId("rg-heart", ENDPOINT),
  scoringUri: "https://heart-classifier-abcde.example.net/score",
  traffic: { default: 100, "xgboost-model-2": 0 },
  workspaceName: "mlw-abcde",
  workspaceId: armId("rg-heart", WORKSPACE),
  deploymentIds: {
    default: armId("rg-heart", `${ENDPOINT}/deployments/default`),
    "xgboost-model-2": armId("rg-heart", `${ENDPOINT}/deployments/xgboost-model-2`),
  },
  modelVersionIds: {
    "1": armId("rg-heart", `${WORKSPACE}/models/heart-classifier/versions/1`),
    "2": armId("rg-heart", `${WORKSPACE}/models/heart-classifier/versions/2`),
  },
  deploymentHeader: "azureml-model-deployment",
};
const NAMES = Object.keys(OUTPUTS) as (keyof typeof OUTPUTS)[];

describe("outputs", () => {
  test("say what was made and what is live, zeros included", async () => {
    const { heart } = await declareHeart({}, { answers: LIVE });
    const settled = await Promise.all(NAMES.map(async (name) => [name, await settle<unknown>(heart[name])] as const));
    expect(Object.fromEntries(settled)).toEqual(
      Object.fromEntries(NAMES.map((name) => [name, { value: OUTPUTS[name], known: true, secret: false }])),
    );
  });

  test("are the same in a preview of a new stack, not known until Azure says", async () => {
    const { heart } = await declareHeart({}, { preview: true });
    const known = await Promise.all(NAMES.map(async (name) => [name, (await settle<unknown>(heart[name])).known]));
    expect(Object.fromEntries(known)).toEqual({
      endpointName: false,
      endpointId: false,
      scoringUri: false,
      traffic: false,
      workspaceName: false,
      workspaceId: false,
      deploymentIds: false,
      modelVersionIds: false,
      deploymentHeader: true,
    });
  });

  test("are registered with the component, without the key", async () => {
    const { run } = await declareHeart({}, { answers: { ...KEYS, ...LIVE } });
    expect(run.outputs).toEqual([{ ...OUTPUTS, rollout: expect.objectContaining({ schemaVersion: 1 }) as unknown }]);
  });
});

test("the step for machines says what the deployments cost when prices are given", async () => {
  const { heart } = await declareHeart({ hourlyPrices: { Standard_DS3_v2: 0.27 }, currency: "EUR" });
  const cost = { deployments: { default: 6.48, "xgboost-model-2": 6.48 }, total: 12.96, most: 12.96, unpriced: [] };
  expect((await settle(heart.rollout)).value.cost).toEqual({ currency: "EUR", ...cost });
  expect((await settle((await declareHeart()).heart.rollout)).value).not.toHaveProperty("cost");
});

describe("the primary key", () => {
  test("is not read until it is asked for", async () => {
    const { run, heart } = await declareHeart({ authMode: "Key" }, { answers: { ...KEYS, ...LIVE } });
    const reads = () => run.calls.filter(({ token }) => token.endsWith(":listOnlineEndpointKeys"));
    expect(reads()).toEqual([]);
    await settle(heart.primaryKey());
    expect(reads().map(({ inputs }) => inputs as unknown)).toEqual([
      { resourceGroupName: "rg-heart", workspaceName: "mlw-abcde", endpointName: "heart-classifier-abcde" },
    ]);
  });

  test("is a secret", async () => {
    const { heart } = await declareHeart({ authMode: "Key" }, { answers: { ...KEYS, ...LIVE } });
    expect(await settle(heart.primaryKey())).toEqual({ value: "key-1", known: true, secret: true });
  });

  test("is not known in a preview of a new stack, and a secret there too", async () => {
    const { run, heart } = await declareHeart({ authMode: "Key" }, { answers: KEYS, preview: true });
    expect(await settle(heart.primaryKey())).toMatchObject({ known: false, secret: true });
    expect(run.calls.map(({ token }) => token)).not.toContain(
      "azure-native:machinelearningservices:listOnlineEndpointKeys",
    );
  });
});
