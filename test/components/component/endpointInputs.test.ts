import { readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { declare, declareHeart } from "../../support/heart";
import { NOW } from "../../support/hooks";
import { armId } from "../../support/mockedAzure";

const WORKSPACE = "Microsoft.MachineLearningServices/workspaces/mlw-abcde";
const AT = { resourceGroupName: "rg-heart", workspaceName: "mlw-abcde", endpointName: "heart-classifier-abcde" };

beforeEach(() => {
  vi.stubEnv("MLFLOW_ROLLOUT_NOW", NOW);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

describe("the endpoint", () => {
  test("is created without traffic, since Azure takes weights only for deployments that exist", async () => {
    const { run } = await declareHeart({ tags: { team: "cardio" } });
    expect(run.resource("heart-endpoint").inputs).toEqual({
      ...AT,
      location: "westeurope",
      kind: "Managed",
      identity: { type: "SystemAssigned" },
      tags: { team: "cardio" },
      properties: { authMode: "AADToken", publicNetworkAccess: "Enabled" },
    });
  });

  test.each([
    ["heart_classifier", "heart-classifier-abcde"],
    ["2_Heart", "heart-abcde"],
    ["a-model-with-a-name-that-is-longer-than-azure-allows", "a-model-with-a-name-that-i-abcde"],
    ["a-model-with-a-name-that--is-cut", "a-model-with-a-name-that-abcde"],
    ["2024", "mlflow-abcde"],
  ])("of model %s is named %s", async (name, endpointName) => {
    const versions = { "1": { uri: "azureml://a/1" }, "2": { uri: "azureml://a/2" } };
    const { run } = await declareHeart({ model: { name, versions } });
    expect(run.resource("heart-endpoint").inputs["endpointName"]).toBe(endpointName);
    expect(endpointName.length).toBeLessThanOrEqual(32);
  });
});

describe("a deployment", () => {
  test("is written in full, since the SDK fills in no default", async () => {
    const { run } = await declareHeart();
    expect(run.resource("heart-deployment-xgboost-model-2").inputs).toEqual({
      ...AT,
      deploymentName: "xgboost-model-2",
      location: "westeurope",
      kind: "Managed",
      sku: { name: "Default", capacity: 1 },
      properties: {
        endpointComputeType: "Managed",
        model: armId("rg-heart", `${WORKSPACE}/models/heart-classifier/versions/2`),
        instanceType: "Standard_DS3_v2",
        scaleSettings: { scaleType: "Default" },
        requestSettings: { maxConcurrentRequestsPerInstance: 1, requestTimeout: "PT5S" },
        appInsightsEnabled: false,
        egressPublicNetworkAccess: "Enabled",
      },
    });
  });

  test("has the size, the number of machines and the tags that are given", async () => {
    const own = { modelVersion: "1", instanceType: "Standard_F4s_v2", instanceCount: 3 };
    const { run } = await declareHeart({ deployments: { default: own }, traffic: {}, tags: { team: "cardio" } });
    expect(run.resource("heart-deployment-default").inputs).toMatchObject({
      sku: { name: "Default", capacity: 3 },
      tags: { team: "cardio" },
      properties: { instanceType: "Standard_F4s_v2" },
    });
  });
});

describe("the traffic step", () => {
  test("writes the whole endpoint from its parameters, with every declared deployment, zeros included", async () => {
    const { run } = await declareHeart({
      traffic: { default: 100 },
      mirrorTraffic: { "xgboost-model-2": 20 },
      endpointName: "heart",
      authMode: "Key",
      publicNetworkAccess: "Disabled",
      tags: { team: "cardio" },
    });
    const value = <T>(of: T): { value: T } => ({ value: of });
    expect(run.resource("heart-traffic").inputs).toEqual({
      resourceGroupName: "rg-heart",
      deploymentName: "mlw-abcde.heart-traffic",
      properties: {
        mode: "Incremental",
        template: expect.any(Object),
        parameters: {
          traffic: value({ default: 100, "xgboost-model-2": 0 }),
          mirrorTraffic: value({ "xgboost-model-2": 20 }),
          tags: value({
            team: "cardio",
            "mlflow-rollout-traffic": "default=100, mirror xgboost-model-2=20",
            "mlflow-rollout-changed-at": NOW,
            "mlflow-rollout-owner": "organization/project/stack heart",
            "mlflow-rollout-stable": "default",
            "mlflow-rollout-tags": '["team"]',
          }),
          endpoint: value({
            name: "mlw-abcde/heart",
            location: "westeurope",
            authMode: "Key",
            publicNetworkAccess: "Disabled",
          }),
          declared: value({ resourceGroupName: "rg-heart", workspaceName: "mlw-abcde", endpointName: "heart" }),
        },
      },
    });
  });

  test("has one template for all steps: everything that changes is a parameter", async () => {
    const first = await declareHeart();
    const other = await declareHeart({ traffic: { "xgboost-model-2": 100 }, authMode: "Key", endpointName: "other" });
    const [template, otherTemplate] = [first, other].map(
      ({ run }) => (run.resource("heart-traffic").inputs["properties"] as { template: unknown }).template,
    );
    expect(template).toEqual(otherTemplate);
    expect(template).toEqual({
      $schema: "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
      contentVersion: "1.0.0.0",
      parameters: {
        traffic: { type: "object" },
        mirrorTraffic: { type: "object" },
        tags: { type: "object" },
        endpoint: { type: "object" },
        declared: { type: "object" },
      },
      resources: [
        {
          type: "Microsoft.MachineLearningServices/workspaces/onlineEndpoints",
          apiVersion: "2025-12-01",
          name: "[parameters('endpoint').name]",
          location: "[parameters('endpoint').location]",
          kind: "Managed",
          identity: { type: "SystemAssigned" },
          tags: "[parameters('tags')]",
          properties: {
            authMode: "[parameters('endpoint').authMode]",
            publicNetworkAccess: "[parameters('endpoint').publicNetworkAccess]",
            traffic: "[parameters('traffic')]",
            mirrorTraffic: "[parameters('mirrorTraffic')]",
          },
        },
      ],
    });
  });

  test("writes with the API version of the endpoint resource, so that both have the same shape", () => {
    const module = require.resolve("@pulumi/azure-native/machinelearningservices/onlineEndpoint.d.ts");
    expect(readFileSync(module, "utf8")).toContain("Uses Azure REST API version 2025-12-01.");
  });

  test.each([
    ["left out", {}],
    ["empty", { traffic: {} }],
  ])("gives all requests to the only deployment when the weights are %s", async (_, traffic) => {
    const versions = { "1": { uri: "azureml://a/1" } };
    const model = { name: "heart", versions };
    const deployments = { default: { modelVersion: "1" } };
    const { run } = await declare({ resourceGroupName: "rg-heart", model, deployments, ...traffic });
    expect(run.resource("heart-traffic").inputs["properties"]).toMatchObject({
      parameters: { traffic: { value: { default: 100 } } },
    });
  });
});
