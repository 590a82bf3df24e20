import { describe, expect, test } from "vitest";
import { adoptedState } from "../../../cli/adoption/adoptedState";
import { differencesOf } from "../../../cli/adoption/differences";
import { plannedEndpoint } from "../../../cli/adoption/plannedEndpoint";
import type { PlannedEndpoint } from "../../../cli/adoption/plannedEndpoint";
import { UNKNOWN } from "../../../cli/stack/previewedStack";
import type { Service } from "../../../cli/adoption/service";
import { nameOf } from "../../../cli/stack/exportedStack";
import { formatViolations } from "../../../components/values/violation";
import { azDeployment, service } from "../../support/adoption";
import { ENDPOINT_ID, PROVIDER, PROVIDER_STATE, SUBSCRIPTION, exportedStack } from "../../support/exportedStack";
import { child, plannedSteps } from "../../support/plannedStack";
import type { Planned } from "../../support/plannedStack";

function planned(changed: Planned = {}): PlannedEndpoint {
  const found = plannedEndpoint(plannedSteps(changed), service().id);
  if (found === undefined) throw new Error("the endpoint is not found");
  return found;
}

describe("a declaration", () => {
  test("is found by where its endpoint stands", () => {
    expect(plannedEndpoint(plannedSteps({ endpoint: { endpointName: "other" } }), service().id)).toBeUndefined();
    expect(planned().deployments.map(nameOf)).toEqual(["heart-deployment-blue", "heart-deployment-green"]);
  });

  test("that says what is there has no differences", () => {
    expect(differencesOf(planned(), service())).toEqual([]);
  });

  test.each<[string, Planned, string]>([
    [
      "weights",
      { traffic: { blue: 100 } },
      "traffic: the program declares blue=100, the service has blue=90 green=10; declare what it has",
    ],
    [
      "an auth mode",
      { endpoint: { properties: { authMode: "AADToken", publicNetworkAccess: "Enabled" } } },
      'authMode: the program declares "AADToken", the service has "Key"; declare what it has',
    ],
    [
      "tags",
      { endpoint: { tags: { team: "oncology" } } },
      'tags.team: the program declares "oncology", the service has "cardiology"; declare what it has',
    ],
    [
      "an instance type",
      { blueProperties: { instanceType: "Standard_F4s_v2" } },
      'deployments.blue.instanceType: the program declares "Standard_F4s_v2", the service has "Standard_DS3_v2"; declare what it has',
    ],
    [
      "an instance count",
      { blue: { sku: { capacity: 2 } } },
      "deployments.blue.instanceCount: the program declares 2, the service has 1; declare what it has",
    ],
    [
      "a deployment more",
      {
        others: [child("machinelearningservices:OnlineDeployment", "heart-deployment-red", { deploymentName: "red" })],
      },
      "deployments.red: it is declared and not on the endpoint; adopt what is there first, then add it",
    ],
    [
      "a model",
      { others: [child("machinelearningservices:ModelVersion", "heart-model-3", {})] },
      "heart-model-3: azure-native:machinelearningservices:ModelVersion is declared and would be created; adopt what is there first, then add it",
    ],
    [
      "a secret",
      { endpoint: { tags: "[secret]" } },
      "heart-endpoint: it has a secret input, which a preview does not show",
    ],
  ])("with %s of its own is refused", (_, changed, line) => {
    expect(formatViolations(differencesOf(planned(changed), service()))).toBe(`  - ${line}`);
  });

  test("without a deployment that is there is refused", () => {
    const deployments = [...service().deployments, azDeployment("red", "3")];
    expect(formatViolations(differencesOf(planned(), service({ deployments })))).toBe(
      "  - deployments.red: it is on the endpoint and the program does not declare it",
    );
  });
});

describe("the adopted state", () => {
  const adopt = (stack = exportedStack([], []), changed: Planned = {}, found: Service = service()) =>
    adoptedState(stack, planned(changed), found).added;

  test("has the stack, the component, its provider and what is there, each after what it needs", () => {
    expect(adopt().map(nameOf)).toEqual([
      "heart-dev",
      "heart",
      "default_3_28_0",
      "heart-endpoint",
      "heart-deployment-blue",
      "heart-deployment-green",
      "heart-traffic",
    ]);
  });

  test("has the ids and outputs of Azure and the inputs of the program", () => {
    const [endpoint, blue] = adopt().slice(3);
    expect(endpoint).toMatchObject({ id: ENDPOINT_ID, outputs: { name: "heart" } });
    expect(blue).toMatchObject({
      id: `${ENDPOINT_ID}/deployments/blue`,
      inputs: { resourceGroupName: "rg", workspaceName: "mlw", endpointName: "heart", deploymentName: "blue" },
    });
  });

  test("keeps outputs that may be secret encrypted", () => {
    const secret = { ...planned(), endpoint: { ...planned().endpoint, additionalSecretOutputs: ["name"] } };
    const { added } = adoptedState(exportedStack([], []), secret, service());
    expect(added.find(({ id }) => id === ENDPOINT_ID)?.outputs).toEqual({
      name: { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", plaintext: '"heart"' },
    });
  });

  test("has the traffic step as if it had been made when the endpoint was last written", () => {
    const traffic = adopt().at(-1);
    expect(traffic).toMatchObject({
      id: `${SUBSCRIPTION}/resourceGroups/rg/providers/Microsoft.Resources/deployments/mlw.heart-traffic`,
      inputs: {
        resourceGroupName: "rg",
        deploymentName: "mlw.heart-traffic",
        properties: {
          parameters: {
            endpoint: { value: { name: "mlw/heart", authMode: "Key" } },
            tags: {
              value: {
                team: "cardiology",
                "mlflow-rollout-traffic": "blue=90 green=10",
                "mlflow-rollout-changed-at": "2026-01-02T03:04:05Z",
                "mlflow-rollout-stable": "blue",
              },
            },
          },
        },
      },
    });
  });

  test("knows every value, and depends on nothing that is not in it", () => {
    expect(JSON.stringify(adopt())).not.toContain(UNKNOWN);
    expect(JSON.stringify(adopt())).not.toContain("not-there-yet");
  });

  test("uses the provider that the stack has already", () => {
    const added = adopt(exportedStack([], [PROVIDER_STATE]));
    expect(added.map(({ type }) => type)).not.toContain(PROVIDER_STATE.type);
    expect(added.at(-1)).toMatchObject({ provider: PROVIDER });
  });

  test("keeps what was in it before", () => {
    const { edited } = adoptedState(exportedStack([]), planned(), service());
    expect(edited.deployment.resources?.slice(0, 2)).toEqual(exportedStack([]).deployment.resources);
  });

  test("is refused where a value is only known in an update", () => {
    expect(() => adopt(undefined, { blue: { location: UNKNOWN } })).toThrow(
      "location of heart-deployment-blue is only known during an update; refer to what exists by its name or id",
    );
  });
});
