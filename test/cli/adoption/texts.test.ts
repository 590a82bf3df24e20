import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { declarationOf } from "../../../cli/adoption/declaration";
import { declaredSettings } from "../../../cli/adoption/deploymentSettings";
import { readEndpointId } from "../../../cli/adoption/endpointId";
import { configText, programText } from "../../../cli/adoption/texts";
import { deploymentProperties } from "../../../components/resources/deploymentProperties";
import { parseRollout } from "../../../components/config/rolloutValues";
import { azDeployment, azEndpoint, modelId, service } from "../../support/adoption";
import { ENDPOINT_ID } from "../../support/exportedStack";

describe("the id of an endpoint", () => {
  test("has all names, in any case, with a slash at its end or without", () => {
    expect(readEndpointId(`${ENDPOINT_ID.replace("resourceGroups", "resourcegroups")}/`)).toMatchObject({
      resourceGroupName: "rg",
      workspaceName: "mlw",
      endpointName: "heart",
    });
  });

  test.each(["heart", `${ENDPOINT_ID}/deployments/blue`, ENDPOINT_ID.replace("/rg/", "//")])(
    "is refused: %s",
    (text) => {
      expect(() => readEndpointId(text)).toThrow(
        `the id must be the ARM id of an online endpoint, got "${text}"; "az ml online-endpoint show --query id" prints it`,
      );
    },
  );
});

describe("the printed program", () => {
  test("names the workspace, the endpoint and the model as they are", () => {
    expect(programText(declarationOf(service()))).toBe(`import * as pulumi from "@pulumi/pulumi";
import { ProgressiveMlflowEndpoint, readRollout } from "azure-mlflow-rollout";

const { versions = {}, ...rollout } = readRollout(new pulumi.Config());

const endpoint = new ProgressiveMlflowEndpoint("heart", {
  ...rollout,
  resourceGroupName: "rg",
  workspace: { existingName: "mlw" },
  endpointName: "heart",
  authMode: "Key",
  publicNetworkAccess: "Enabled",
  model: { name: "heart", existing: true, versions },
});

export const scoringUri = endpoint.scoringUri;
export const traffic = endpoint.traffic;
`);
  });
});

describe("the settings of a deployment", () => {
  test("are declared where they are not Azure's", () => {
    const deployment = azDeployment("blue", "1", {
      requestSettings: { maxConcurrentRequestsPerInstance: 4, maxQueueWait: "PT0.5S", requestTimeout: "PT1M30S" },
      livenessProbe: {
        failureThreshold: 5,
        initialDelay: "PT1H",
        period: "PT10S",
        successThreshold: 1,
        timeout: "PT2S",
      },
      appInsightsEnabled: true,
      egressPublicNetworkAccess: "Disabled",
      description: "Heart",
      environmentId: "/environments/mine/versions/1",
      codeConfiguration: { codeId: "/codes/c/versions/1", scoringScript: "score.py" },
    });
    expect(declaredSettings({ ...deployment, tags: { cost: "42" } })).toEqual({
      requestSettings: { maxConcurrentRequestsPerInstance: 4, requestTimeoutSeconds: 90 },
      livenessProbe: {
        initialDelaySeconds: 3600,
        periodSeconds: 10,
        timeoutSeconds: 2,
        failureThreshold: 5,
        successThreshold: 1,
      },
      appInsightsEnabled: true,
      egressPublicNetworkAccess: "Disabled",
      description: "Heart",
      environmentId: "/environments/mine/versions/1",
      codeConfiguration: { codeId: "/codes/c/versions/1", scoringScript: "score.py" },
      tags: { cost: "42" },
    });
  });

  test("are written by the component as they are there", () => {
    const properties = {
      requestSettings: { maxConcurrentRequestsPerInstance: 4, requestTimeout: "PT90S" },
      readinessProbe: {
        failureThreshold: 5,
        initialDelay: "PT20S",
        period: "PT10S",
        successThreshold: 1,
        timeout: "PT2S",
      },
      appInsightsEnabled: true,
    };
    const { deployments } = declarationOf(service({ deployments: [azDeployment("blue", "1", properties)] }));
    expect(deploymentProperties(deployments["blue"] ?? { modelVersion: "" }, undefined, "Managed")).toMatchObject(
      properties,
    );
  });

  test("are not declared where they are Azure's own", () => {
    expect(declaredSettings(azDeployment("blue", "1"))).toEqual({});
  });
});

describe("the printed config", () => {
  const read = (changed: Parameters<typeof service>[0]) => {
    const { config } = parse(configText(declarationOf(service(changed)), "app")) as { config: Record<string, unknown> };
    return parseRollout((key) => (`app:${key}` in config ? JSON.stringify(config[`app:${key}`]) : undefined));
  };

  test("reads back as the deployments and weights that are there", () => {
    expect(read({})).toEqual({
      values: {
        versions: { "1": { id: modelId("1") }, "2": { id: modelId("2") } },
        deployments: {
          blue: { modelVersion: "1", instanceType: "Standard_DS3_v2", instanceCount: 1 },
          green: { modelVersion: "2", instanceType: "Standard_DS3_v2", instanceCount: 1 },
        },
        traffic: { blue: 90, green: 10 },
        weightsFrom: "traffic",
      },
      violations: [],
    });
  });

  test("names deployments as they are, whatever the case of the weights, and the mirror", () => {
    const endpoint = azEndpoint({ properties: { traffic: { blue: 100 }, mirrorTraffic: { green: 10 } } });
    const deployments = [azDeployment("Blue", "1"), azDeployment("green", "2")];
    expect(read({ endpoint, deployments }).values).toMatchObject({
      traffic: { Blue: 100, green: 0 },
      mirrorTraffic: { green: 10 },
    });
  });

  test("gives two models of the same version a number each", () => {
    const other = azDeployment("green", "1", { model: modelId("1", "other") });
    expect(read({ deployments: [azDeployment("blue", "1"), other] }).values).toMatchObject({
      versions: { "1": { id: modelId("1") }, "2": { id: modelId("1", "other") } },
      deployments: { blue: { modelVersion: "1" }, green: { modelVersion: "2" } },
    });
  });
});
