import { describe, expect, test } from "vitest";
import { VALID, problemsWith } from "../../support/checkedArgs";

const COMPUTE =
  "/subscriptions/s/resourceGroups/rg/providers/Microsoft.MachineLearningServices/workspaces/mlw/computes/aks";

/** What is said about a deployment in a cluster, or about the endpoint there. */
function problems(settings: object, endpoint: object = {}): readonly string[] {
  return problemsWith({
    compute: COMPUTE,
    deployments: { ...VALID.deployments, default: { modelVersion: "1", ...settings } },
    ...endpoint,
  });
}

test("a cluster takes any instance type, more pods and longer requests than machines of Azure", () => {
  const scaling = { minimumInstanceCount: 1, maximumInstanceCount: 200 };
  const resources = { requests: { cpu: "0.5", memory: "512Mi" }, limits: { gpu: "1" } };
  expect(
    problems({
      instanceType: "gpu-small",
      requestSettings: { requestTimeoutSeconds: 300 },
      targetUtilizationScaling: scaling,
      containerResourceRequirements: resources,
    }),
  ).toEqual([]);
  expect(problems({ instanceCount: 60 })).toEqual([]);
});

describe("in a cluster", () => {
  test.each<[object, string]>([
    [
      { autoscale: { minimumInstanceCount: 1, maximumInstanceCount: 2 } },
      "deployments.default.autoscale: is for managed endpoints; use targetUtilizationScaling on Kubernetes",
    ],
    [
      { egressPublicNetworkAccess: "Enabled" },
      "deployments.default.egressPublicNetworkAccess: is for managed endpoints; use a network policy of the cluster",
    ],
    [
      { instanceCount: 2, targetUtilizationScaling: { maximumInstanceCount: 2 } },
      "deployments.default.instanceCount: has no effect with targetUtilizationScaling; remove one of them",
    ],
    [
      { targetUtilizationScaling: {} },
      "deployments.default.targetUtilizationScaling.maximumInstanceCount: is missing; give the most instances, such as 5",
    ],
    [
      { targetUtilizationScaling: { minimumInstanceCount: 3, maximumInstanceCount: 2 } },
      "deployments.default.targetUtilizationScaling.maximumInstanceCount: must be a whole number 3 or more, got 2",
    ],
    [
      { containerResourceRequirements: { limits: { memory: "2GB" } } },
      'deployments.default.containerResourceRequirements.limits.memory: must be a quantity of Kubernetes such as "500m", "1" or "2Gi", got "2GB"',
    ],
    [
      { requestSettings: { requestTimeoutSeconds: 301 } },
      "deployments.default.requestSettings.requestTimeoutSeconds: must be a whole number from 1 to 300, got 301",
    ],
  ])("%j is refused", (settings, line) => {
    expect(problems(settings)).toEqual([line]);
  });

  test.each<[object, string]>([
    [{ compute: "aks" }, 'compute: must be the ARM id of a compute attached to the workspace, got "aks"'],
    [
      { publicNetworkAccess: "Disabled" },
      "publicNetworkAccess: is for managed endpoints; close the cluster's own ingress instead",
    ],
    [
      { traffic: { default: 100 }, mirrorTraffic: { "xgboost-model-2": 10 } },
      "mirrorTraffic: Azure mirrors on managed endpoints only; remove it",
    ],
    [
      {
        endpointName: `e${"x".repeat(31)}`,
        deployments: { [`d${"x".repeat(30)}`]: { modelVersion: "1" } },
        traffic: {},
      },
      `deployments.d${"x".repeat(30)}: has 31 characters, the endpoint's name 32; on Kubernetes they may have 62 together: shorten one of them`,
    ],
    [
      {
        model: { ...VALID.model, name: "m".repeat(40) },
        deployments: { [`d${"x".repeat(30)}`]: { modelVersion: "1" } },
        traffic: {},
      },
      `deployments.d${"x".repeat(30)}: has 31 characters, the endpoint's name 32; on Kubernetes they may have 62 together: shorten one of them`,
    ],
  ])("%j is refused", (endpoint, line) => {
    expect(problems({}, endpoint)).toEqual([line]);
  });

  test("names of 62 characters together are allowed", () => {
    const deployments = { [`d${"x".repeat(29)}`]: { modelVersion: "1" } };
    expect(problems({}, { endpointName: `e${"x".repeat(31)}`, deployments, traffic: {} })).toEqual([]);
  });
});

test.each([
  [
    { targetUtilizationScaling: { maximumInstanceCount: 2 } },
    "targetUtilizationScaling: is for Kubernetes endpoints, those with compute; use autoscale here",
  ],
  [
    { containerResourceRequirements: {} },
    "containerResourceRequirements: is for Kubernetes endpoints, those with compute; use instanceType here",
  ],
])("on a managed endpoint %j is refused", (settings, line) => {
  const deployments = { ...VALID.deployments, default: { modelVersion: "1", ...settings } };
  expect(problemsWith({ deployments })).toEqual([`deployments.default.${line}`]);
});
