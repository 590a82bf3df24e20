import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createHeartEndpoint, deploymentBody, ENDPOINT, endpointBody, WORKSPACE } from "../../../driver/heartWorkspace";
import { startLocalAzure } from "azure-mlflow-rollout-local";
import { AzureClient, valueAt } from "../../../driver/azureClient";

let azure: AzureClient;
beforeAll(async () => {
  // Not observed: what is served of odd requests is no exchange of a client.
  azure = new AzureClient(await startLocalAzure());
  await azure.clock({ freeze: true });
  await createHeartEndpoint(azure);
});
afterAll(() => azure.close());

const blue = `${ENDPOINT}/deployments/blue`;
const deployment = (properties: object, sku: object = { name: "Default", capacity: 1 }) => {
  const body = deploymentBody(azure, "1") as { properties: object };
  return { ...body, sku, properties: { ...body.properties, ...properties } };
};
const settings = (given: object) => ({ requestSettings: given });

describe("a body that the specification does not allow", () => {
  test("is refused with all that is wrong with it, and changes nothing", async () => {
    const before = await azure.arm("GET", blue);
    const body = deployment(
      {
        appInsightsEnabled: "yes",
        egressPublicNetworkAccess: "Perhaps",
        environmentVariables: { A: 1 },
        livenessProbe: { period: 10, failureThreshold: 0.5 },
        scaleSettings: { scaleType: "Some" },
      },
      { capacity: 1 },
    );
    expect(await azure.arm("PUT", blue, body)).toMatchObject({
      status: 400,
      body: {
        error: {
          code: "ValidationError",
          details: expect.arrayContaining(
            [
              { target: "sku.name", message: "sku.name is missing" },
              {
                target: "properties.environmentVariables.A",
                message: "properties.environmentVariables.A must be text, got 1",
              },
              { message: 'properties.appInsightsEnabled must be true or false, got "yes"' },
              { message: 'properties.egressPublicNetworkAccess must be one of Enabled, Disabled, got "Perhaps"' },
              { message: "properties.livenessProbe.failureThreshold must be a whole number, got 0.5" },
              { message: "properties.livenessProbe.period must be text, got 10" },
              { message: 'properties.scaleSettings.scaleType must be one of Default, TargetUtilization, got "Some"' },
            ].map((detail) => expect.objectContaining(detail) as object),
          ) as object[],
        },
      },
    });
    expect((await azure.arm("GET", blue)).body).toEqual(before.body);
  });

  test.each<[string, string, () => object, string]>([
    [
      "a deployment of no kind",
      blue,
      () => deployment({ endpointComputeType: null }),
      "endpointComputeType is missing",
    ],
    ["a wait that is no duration", blue, () => deployment(settings({ maxQueueWait: "1 s" })), "a duration in ISO 8601"],
    ["more than a number holds", blue, () => deployment({}, { name: "Default", capacity: 2 ** 31 }), "sku.capacity"],
    [
      "no instance",
      blue,
      () => deployment({}, { name: "Default", capacity: 0 }),
      "sku.capacity must be a whole number from 1",
    ],
    ["a request of four minutes", blue, () => deployment(settings({ requestTimeout: "PT4M" })), "at most 180 s"],
    ["a probe that never fails", blue, () => deployment({ livenessProbe: { failureThreshold: -1 } }), "livenessProbe"],
    ["an asset that is text", `${WORKSPACE}/models/m`, () => ({ properties: "m" }), "properties must be an object"],
    [
      "a datastore of an unknown kind",
      `${WORKSPACE}/datastores/d`,
      () => ({ properties: { datastoreType: "Tape", credentials: { credentialsType: "None" } } }),
      "properties.datastoreType must be one of AzureBlob,",
    ],
    [
      "a datastore whose credentials lack what their kind needs",
      `${WORKSPACE}/datastores/d`,
      () => ({ properties: { datastoreType: "AzureBlob", credentials: { credentialsType: "AccountKey" } } }),
      "properties.credentials.secrets is missing",
    ],
  ])("%s is refused", async (_, path, body, message) => {
    const { status, body: answer } = await azure.arm("PUT", path, body());
    expect(status).toBe(400);
    expect(valueAt(answer, "error.message")).toContain(message);
  });

  test("is refused of an action too", async () => {
    const refused = await azure.arm("POST", `${ENDPOINT}/regenerateKeys`, { keyType: "Third" });
    expect(valueAt(refused.body, "error.message")).toBe(
      'The request is invalid: keyType must be one of Primary, Secondary, got "Third".',
    );
  });
});

describe("a body that Azure takes", () => {
  test("may have null wherever a member may be left out, and what only the service sets", async () => {
    const body = deployment({ description: null, livenessProbe: null, provisioningState: 5, requestSettings: null });
    expect((await azure.operate("PUT", blue, body)).status).toBe(200);
    expect(valueAt((await azure.arm("GET", blue)).body, "properties.requestSettings.requestTimeout")).toBe("PT5S");
  });

  test("has words in any case, which are answered as the specification spells them", async () => {
    const body = endpointBody({ authMode: "key", publicNetworkAccess: "ENABLED", traffic: { blue: 90, green: 10 } });
    await azure.operate("PUT", ENDPOINT, body);
    expect(valueAt((await azure.arm("GET", ENDPOINT)).body, "properties")).toMatchObject({
      authMode: "Key",
      publicNetworkAccess: "Enabled",
    });
  });
});
