import { afterAll, beforeAll, expect, test } from "vitest";
import { AdoptedHeart, bodiesAt } from "../../support/adoptedHeart";
import { WORKSPACE, armIdOf } from "../../../driver/heartWorkspace";
import { writesOf } from "../../support/rehearsal";

const COMPUTE = `${WORKSPACE}/computes/heart-aks`;
const BLUE = {
  modelVersion: "1",
  instanceType: "cpu-small",
  instanceCount: 2,
  containerResourceRequirements: { requests: { cpu: "500m", memory: "1Gi" }, limits: { cpu: "1", memory: "2Gi" } },
};
const GREEN = { modelVersion: "2", targetUtilizationScaling: { minimumInstanceCount: 2, maximumInstanceCount: 6 } };

let heart: AdoptedHeart;
let compute: string;
beforeAll(async () => {
  heart = await AdoptedHeart.start();
  const { azure } = heart.rehearsal;
  compute = armIdOf(azure, COMPUTE);
  const resourceId = armIdOf(azure, "resourceGroups/heart/providers/Microsoft.ContainerService/managedClusters/heart");
  await azure.operate("PUT", COMPUTE, {
    location: "westeurope",
    properties: { computeType: "Kubernetes", resourceId },
  });
});
afterAll(() => heart.close());

test("endpoint and deployments stand in the cluster", async () => {
  heart.declare({ compute, deployments: { blue: BLUE, green: GREEN }, traffic: { blue: 100 } });
  const trace = await heart.up();
  const [created, step] = bodiesAt(trace, "/onlineEndpoints/heart-classifier");
  const properties = { compute, authMode: "AMLToken", publicNetworkAccess: "Enabled" };
  const identity = { type: "SystemAssigned" };
  expect(created).toEqual({ location: "westeurope", kind: "Kubernetes", identity, tags: {}, properties });
  expect(step).toMatchObject({
    kind: "Kubernetes",
    identity,
    properties: { ...properties, traffic: { blue: 100, green: 0 }, mirrorTraffic: {} },
  });
  const model = (version: string) =>
    armIdOf(heart.rehearsal.azure, `${WORKSPACE}/models/heart-classifier/versions/${version}`);
  const common = {
    endpointComputeType: "Kubernetes",
    requestSettings: { maxConcurrentRequestsPerInstance: 1, requestTimeout: "PT5S" },
    appInsightsEnabled: false,
  };
  expect(bodiesAt(trace, "/deployments/blue")).toEqual([
    {
      location: "westeurope",
      kind: "Kubernetes",
      sku: { name: "Default", capacity: 2 },
      properties: {
        ...common,
        model: model("1"),
        instanceType: "cpu-small",
        scaleSettings: { scaleType: "Default" },
        containerResourceRequirements: {
          containerResourceRequests: { cpu: "500m", memory: "1Gi" },
          containerResourceLimits: { cpu: "1", memory: "2Gi" },
        },
      },
    },
  ]);
  expect(bodiesAt(trace, "/deployments/green")).toEqual([
    {
      location: "westeurope",
      kind: "Kubernetes",
      sku: { name: "Default" },
      properties: {
        ...common,
        model: model("2"),
        scaleSettings: {
          scaleType: "TargetUtilization",
          minInstances: 2,
          maxInstances: 6,
          targetUtilizationPercentage: 70,
          pollingInterval: "PT1S",
        },
      },
    },
  ]);
});

test("a step moves the weights and nothing else, and keeps the cluster", async () => {
  heart.declare({ traffic: { blue: 90, green: 10 } });
  const trace = await heart.up();
  expect(writesOf(trace)).toEqual(["PUT deployments", "PUT onlineEndpoints via"]);
  expect(bodiesAt(trace, "/onlineEndpoints/heart-classifier")).toMatchObject([
    { kind: "Kubernetes", properties: { compute, traffic: { blue: 90, green: 10 } } },
  ]);
});

test("the scaling of a serving deployment may change, its resources not", async () => {
  const scaled = { ...GREEN, targetUtilizationScaling: { maximumInstanceCount: 8 } };
  heart.declare({ deployments: { blue: BLUE, green: scaled } });
  expect(writesOf(await heart.up())).toEqual(["PUT onlineEndpoints/deployments"]);
  const smaller = { ...BLUE, containerResourceRequirements: { limits: { cpu: "250m" } } };
  heart.declare({ deployments: { blue: smaller, green: scaled } });
  await expect(heart.rehearsal.stack.preview()).rejects.toThrow(
    /deployments\.blue\.containerResourceRequirements: .*: it has 90 % of the live traffic;/,
  );
  heart.declare({ deployments: { blue: BLUE, green: scaled } });
});

test("an endpoint does not leave its cluster", async () => {
  heart.declare({ compute: undefined, deployments: { blue: { modelVersion: "1" }, green: { modelVersion: "2" } } });
  const trace = await heart.rehearsal.armTrace(async () => {
    await expect(heart.rehearsal.stack.up()).rejects.toThrow(
      "compute: Kubernetes -> Managed: an endpoint cannot change its kind; " +
        "declare a second component, move the callers, then remove this one",
    );
  });
  expect(writesOf(trace)).toEqual([]);
  heart.declare({ compute: `${compute}-2`, deployments: { blue: BLUE, green: GREEN } });
  await expect(heart.rehearsal.stack.preview()).rejects.toThrow(
    `compute: ${compute} -> ${compute}-2: an endpoint cannot change it;`,
  );
  heart.declare({ compute });
});

test("a deployment retires after the weights, and all of it is deleted", async () => {
  heart.declare({ traffic: { blue: 0, green: 100 } });
  await heart.up();
  heart.declare({ deployments: { green: GREEN }, traffic: { green: 100 } });
  const left = writesOf(await heart.up()).filter((write) => write !== "PUT onlineEndpoints/deployments");
  expect(left).toEqual(["PUT deployments", "PUT onlineEndpoints via", "DELETE onlineEndpoints/deployments"]);
  await heart.destroy();
  expect(await heart.rehearsal.resources("/onlineEndpoints")).toEqual([]);
  expect(await heart.rehearsal.resources("/computes")).toHaveLength(1);
});
