import type { Values } from "../../../cli/stack/exportedStack";
import { describe, expect, test } from "vitest";
import { refusalsOf } from "../../../cli/adoption/refusals";
import { undeclaredSettings } from "../../../cli/adoption/settings";
import { formatViolations } from "../../../components/values/violation";
import { azDeployment, azEndpoint, service } from "../../support/adoption";

const refused = (changed: Parameters<typeof service>[0]): string => formatViolations(refusalsOf(service(changed)));

describe("an endpoint is not adopted", () => {
  test("unless something speaks against it", () => {
    expect(refusalsOf(service())).toEqual([]);
  });

  test.each<[string, Parameters<typeof azEndpoint>[0], string]>([
    [
      "on Kubernetes",
      { kind: "Kubernetes", properties: { compute: "/subscriptions/s/computes/aks" } },
      "it runs on Kubernetes (/subscriptions/s/computes/aks); only managed endpoints are adopted",
    ],
    [
      "while it changes",
      { properties: { provisioningState: "Updating" } },
      "it is Updating; adopt it when it is Succeeded",
    ],
    [
      "with an identity of its own",
      { identity: { type: "UserAssigned" } },
      "its identity is UserAssigned; a traffic step writes SystemAssigned, and Azure cannot change it",
    ],
    [
      "when nothing of it serves",
      { properties: { traffic: { blue: 0 } } },
      "none of its deployments serves: all weights are 0; give one the traffic first, or delete it and create it again",
    ],
  ])("%s", (_, changed, reason) => {
    expect(refused({ endpoint: azEndpoint(changed) })).toBe(`  - endpoint heart: ${reason}`);
  });

  test.each<[string, Parameters<typeof azDeployment>[2], string]>([
    [
      "on Kubernetes",
      { endpointComputeType: "Kubernetes" },
      "it runs on Kubernetes; only managed deployments are adopted",
    ],
    ["that failed", { provisioningState: "Failed" }, "it is Failed; wait until it is Succeeded, or delete it"],
    [
      "without a registered model",
      { model: "azureml://jobs/1" },
      "its model is azureml://jobs/1; only registered model versions are declared",
    ],
  ])("for a deployment %s", (_, properties, reason) => {
    const deployments = [azDeployment("blue", "1"), azDeployment("green", "2", properties)];
    expect(refused({ deployments })).toBe(`  - deployment green: ${reason}`);
  });

  test("for everything that is wrong, at once", () => {
    const deployments = [azDeployment("blue", "1", { provisioningState: "Failed", model: null })];
    expect(
      refused({ deployments, endpoint: azEndpoint({ properties: { provisioningState: "Failed" } }) }).split("\n"),
    ).toHaveLength(3);
  });
});

const LATER = "it stays as it is until the deployment is next written, such as for another instance count";

describe("settings that are not declared", () => {
  const warnings = (properties: Values, declared?: Values, tags?: Values) => {
    const deployment = { ...azDeployment("blue", "1", properties), ...(tags && { tags }) };
    return undeclaredSettings(service({ deployments: [deployment] }), () => declared && { properties: declared });
  };

  test.each<[string, Values]>([
    ["az and Azure fill in the defaults", {}],
    [
      "the environment is Microsoft's",
      { environmentId: "azureml://registries/azureml/environments/mlflow-py312-inference/versions/3" },
    ],
  ])("are none where %s", (_, properties) => {
    expect(warnings(properties)).toEqual([]);
  });

  test.each<[string, Values, string]>([
    [
      "a timeout",
      { requestSettings: { requestTimeout: "PT90S" } },
      'requestSettings.requestTimeout is "PT90S" and the program declares "PT5S"',
    ],
    [
      "a probe",
      { livenessProbe: { period: "PT1M" } },
      'livenessProbe.period is "PT1M" and the program declares "PT10S"',
    ],
    [
      "a variable, which may be a secret, by its name alone",
      { environmentVariables: { MODE: "fast" } },
      "environmentVariables.MODE is set and not declared",
    ],
    ["logging", { appInsightsEnabled: true }, "appInsightsEnabled is true and the program declares false"],
    [
      "an environment",
      { environmentId: "/environments/mine/versions/1" },
      'environmentId is "/environments/mine/versions/1" and the program declares none',
    ],
  ])("are told of: %s", (_, properties, what) => {
    expect(warnings(properties)).toEqual([`deployment blue: ${what}; ${LATER}`]);
  });

  test("are those that the program does not declare", () => {
    const requestSettings = { requestTimeout: "PT90S", maxConcurrentRequestsPerInstance: 4 };
    expect(warnings({ requestSettings }, { requestSettings })).toEqual([]);
  });

  test("are tags of a deployment too, and the endpoint's description", () => {
    expect(warnings({}, {}, { cost: "42", team: "a" })).toEqual([
      `deployment blue: the tags cost, team are not declared; ${LATER}`,
    ]);
    expect(
      undeclaredSettings(service({ endpoint: azEndpoint({ properties: { description: "Heart" } }) }), () => undefined),
    ).toEqual([
      'the endpoint\'s description "Heart" cannot be declared: the first traffic step writes the endpoint without it',
    ]);
  });
});
