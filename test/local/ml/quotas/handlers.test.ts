import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { vmSize } from "../../../../local/src/ml/quotas/records";
import { deploymentBody, ENDPOINT, GROUP, armIdOf, LOCATION } from "../../../../driver/heartWorkspace";
import { valueAt } from "../../../support/localAzure";
import type { TestAzure } from "../../../support/localAzure";
import { autoscaleProfile } from "../../../support/served";
import { startHeartEndpoint } from "../../../support/heartEndpoint";

const FAMILY = "Standard DSv2 Family Cluster Dedicated vCPUs";
const LOCATION_PATH = `providers/Microsoft.MachineLearningServices/locations/${LOCATION}`;
const AUTOSCALE = `${GROUP}/providers/Microsoft.Insights/autoscaleSettings/blue`;
const BLUE = `${ENDPOINT}/deployments/blue`;
const GREEN = `${ENDPOINT}/deployments/green`;
let azure: TestAzure;
beforeAll(async () => {
  ({ azure } = await startHeartEndpoint({ coreLimits: { [FAMILY]: 24 } }));
});
afterAll(() => azure.close());

describe("the family and the cores of", () => {
  test.each([
    ["Standard_DS3_v2", FAMILY, 4],
    ["Standard_DS12_v2", FAMILY, 4],
    ["Standard_D2_v2", "Standard Dv2 Family Cluster Dedicated vCPUs", 2],
    ["Standard_F4s_v2", "Standard FSv2 Family Cluster Dedicated vCPUs", 4],
    ["Standard_D16as_v4", "Standard DASv4 Family Cluster Dedicated vCPUs", 16],
    ["Standard_NC6s_v3", "Standard NCSv3 Family Cluster Dedicated vCPUs", 6],
  ])("%s are %s, %i", (type, family, cores) => {
    expect(vmSize(type)).toEqual({ family, cores });
  });
});

test("the sizes of a region are listed with their family and cores", async () => {
  const { body } = await azure.arm("GET", `${LOCATION_PATH}/vmSizes`);
  expect(body).toEqual({
    value: expect.arrayContaining([
      expect.objectContaining({ name: "Standard_DS3_v2", family: "standardDSv2Family", vCPUs: 4, gpus: 0 }),
      expect.objectContaining({ name: "Standard_NC12s_v3", family: "standardNCSv3Family", vCPUs: 12, gpus: 2 }),
    ]) as unknown,
  });
});

describe("quota", () => {
  test("is used by each deployment with a fifth more instances, rounded up", async () => {
    const usage = { name: { value: FAMILY }, unit: "Count", currentValue: 16, limit: 24 };
    expect((await azure.arm("GET", `${LOCATION_PATH}/usages`)).body).toMatchObject({ value: [usage] });
    expect((await azure.arm("GET", `${LOCATION_PATH}/quotas`)).body).toMatchObject({ value: [{ limit: 24 }] });
    const elsewhere = await azure.arm("GET", LOCATION_PATH.replace(LOCATION, "eastus").concat("/usages"));
    expect(elsewhere.body).toMatchObject({ value: [{ currentValue: 0 }] });
  });

  test.each([
    ["a larger deployment", "PUT", GREEN, 4, 8, 20],
    ["a scale-out", "PATCH", GREEN, 4, 8, 20],
    ["another deployment", "PUT", `${ENDPOINT}/deployments/third`, 2, 16, 12],
  ])("that does not reach refuses %s", async (_, method, path, capacity, used, needed) => {
    const answer = await azure.arm(method, path, {
      ...deploymentBody(azure, "2"),
      sku: { name: "Default", capacity },
    });
    expect(answer).toMatchObject({
      status: 400,
      body: { error: { details: [{ code: "InferencingClientCreateDeploymentFailed" }] } },
    });
    const { message } = valueAt(answer.body, "error.details.0") as { message: string };
    expect(JSON.parse(message)).toMatchObject({
      errors: {
        VmSize: [
          `Not enough quota available for Standard_DS3_v2 in SubscriptionId ${azure.azure.subscriptionId}. Current usage/limit: ${used}/24. Additional needed: ${needed} Please see troubleshooting guide, available here: https://aka.ms/oe-tsg#error-outofquota`,
        ],
      },
    });
    expect(await azure.arm("GET", GREEN)).toMatchObject({ body: { sku: { capacity: 1 } } });
  });

  test("takes a deployment that just fits", async () => {
    const sku = { name: "Default", capacity: 3 };
    expect((await azure.operate("PATCH", GREEN, { sku })).status).toBe(200);
    expect((await azure.arm("GET", `${LOCATION_PATH}/usages`)).body).toMatchObject({ value: [{ currentValue: 24 }] });
    await azure.operate("PATCH", GREEN, { sku: { ...sku, capacity: 1 } });
  });
});

describe("an autoscale setting", () => {
  const setting = (capacity: object, enabled = true): object => ({
    location: LOCATION,
    properties: { enabled, targetResourceUri: armIdOf(azure, BLUE), profiles: [autoscaleProfile(capacity)] },
  });
  const capacity = async (): Promise<unknown> => valueAt((await azure.arm("GET", BLUE)).body, "sku.capacity");

  test("scales its deployment into its capacity, and later writes of the deployment too", async () => {
    await azure.arm("PUT", AUTOSCALE, setting({ minimum: "2" }, false));
    expect(await capacity()).toBe(1);
    await azure.arm("PUT", AUTOSCALE, setting({ minimum: "2" }));
    expect(await capacity()).toBe(2);
    await azure.operate("PATCH", BLUE, { sku: { name: "Default", capacity: 1 } });
    expect(await capacity()).toBe(2);
    await azure.operate("PUT", BLUE, deploymentBody(azure, "1"));
    expect(await capacity()).toBe(2);
  });

  test("of no deployment is refused, and stays behind a deployment that is deleted first", async () => {
    const target = {
      ...setting({}),
      properties: { targetResourceUri: `${armIdOf(azure, BLUE)}x`, profiles: [autoscaleProfile()] },
    };
    expect(await azure.arm("PUT", AUTOSCALE, target)).toMatchObject({ status: 400 });
    const green = AUTOSCALE.replace("blue", "green");
    await azure.arm("PUT", green, {
      location: LOCATION,
      properties: {
        targetResourceUri: armIdOf(azure, GREEN),
        profiles: [autoscaleProfile({ minimum: "1", default: "1" })],
      },
    });
    await azure.operate("DELETE", GREEN);
    expect((await azure.arm("GET", GREEN)).status).toBe(404);
    expect(await azure.arm("GET", green)).toMatchObject({
      status: 200,
      body: { properties: { targetResourceUri: armIdOf(azure, GREEN) } },
    });
  });
});
