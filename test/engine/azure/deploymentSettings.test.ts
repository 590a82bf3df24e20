import * as pulumi from "@pulumi/pulumi";
import { afterAll, beforeAll, expect, test } from "vitest";
import { AdoptedHeart, bodiesAt } from "../../support/adoptedHeart";
import { ENDPOINT, WORKSPACE, armIdOf } from "../../../driver/heartWorkspace";
import { writesOf } from "../../support/rehearsal";

const AUTOSCALE = { minimumInstanceCount: 2, maximumInstanceCount: 5 };
const SECRET = "a-secret-that-no-state-shows";
const BLUE = {
  modelVersion: "1",
  autoscale: AUTOSCALE,
  requestSettings: { maxConcurrentRequestsPerInstance: 4, requestTimeoutSeconds: 30 },
  livenessProbe: { initialDelaySeconds: 30 },
  readinessProbe: { periodSeconds: 5, timeoutSeconds: 3, failureThreshold: 6, successThreshold: 2 },
  startupProbe: {},
  environmentVariables: { LOG_LEVEL: "info", STORE: pulumi.secret(SECRET) },
  appInsightsEnabled: true,
  dataCollector: {
    collections: { model_inputs: {}, model_outputs: { samplingRate: 0.5 }, request: { enabled: false } },
    captureHeaders: ["x-ms-client-request-id"],
  },
  description: "The stable one",
  tags: { colour: "blue" },
};
const ENVIRONMENT = "azureml://registries/azureml/environments/sklearn/versions/1";
const GREEN = {
  modelVersion: "2",
  environmentId: ENVIRONMENT,
  codeConfiguration: { scoringScript: "score.py" },
  modelMountPath: "/models",
  egressPublicNetworkAccess: "Disabled" as const,
};

let heart: AdoptedHeart;
beforeAll(async () => {
  heart = await AdoptedHeart.start();
});
afterAll(() => heart.close());

const declareBoth = (blue: object = {}) => {
  heart.declare({ deployments: { blue: { ...BLUE, ...blue }, green: GREEN }, traffic: { blue: 100 } });
};
/** A value that the engine encrypts; the Automation API exports it with its plain text beside this signature. */
const isSecret = (value: unknown) =>
  typeof value === "object" && value !== null && "4dabf18193072939515e22adb298388d" in value;
const blueId = () => armIdOf(heart.rehearsal.azure, `${ENDPOINT}/deployments/blue`);

test("every setting arrives in Azure as it is written", async () => {
  heart.declare({ tags: { team: "cardio" } });
  declareBoth();
  const trace = await heart.up();
  const model = (version: string) =>
    armIdOf(heart.rehearsal.azure, `${WORKSPACE}/models/heart-classifier/versions/${version}`);
  expect(bodiesAt(trace, "/deployments/blue")).toEqual([
    {
      location: "westeurope",
      kind: "Managed",
      sku: { name: "Default", capacity: 2 },
      tags: { team: "cardio", colour: "blue" },
      properties: {
        endpointComputeType: "Managed",
        model: model("1"),
        description: "The stable one",
        instanceType: "Standard_DS3_v2",
        scaleSettings: { scaleType: "Default" },
        requestSettings: { maxConcurrentRequestsPerInstance: 4, requestTimeout: "PT30S" },
        livenessProbe: {
          initialDelay: "PT30S",
          period: "PT10S",
          timeout: "PT2S",
          failureThreshold: 30,
          successThreshold: 1,
        },
        readinessProbe: { period: "PT5S", timeout: "PT3S", failureThreshold: 6, successThreshold: 2 },
        startupProbe: { period: "PT10S", timeout: "PT2S", failureThreshold: 30, successThreshold: 1 },
        appInsightsEnabled: true,
        dataCollector: {
          collections: {
            model_inputs: { dataCollectionMode: "Enabled", samplingRate: 1 },
            model_outputs: { dataCollectionMode: "Enabled", samplingRate: 0.5 },
            request: { dataCollectionMode: "Disabled", samplingRate: 1 },
          },
          rollingRate: "Hour",
          requestLogging: { captureHeaders: ["x-ms-client-request-id"] },
        },
        egressPublicNetworkAccess: "Enabled",
        environmentVariables: { LOG_LEVEL: "info", STORE: SECRET },
      },
    },
  ]);
  expect(bodiesAt(trace, "/deployments/green")).toMatchObject([
    {
      sku: { name: "Default", capacity: 1 },
      tags: { team: "cardio" },
      properties: {
        model: model("2"),
        environmentId: ENVIRONMENT,
        codeConfiguration: { scoringScript: "score.py" },
        modelMountPath: "/models",
        egressPublicNetworkAccess: "Disabled",
      },
    },
  ]);
  const metric = {
    metricName: "CpuUtilizationPercentage",
    metricResourceUri: blueId(),
    timeGrain: "PT1M",
    timeWindow: "PT5M",
    statistic: "Average",
    timeAggregation: "Average",
  };
  const action = { type: "ChangeCount", value: "1", cooldown: "PT300S" };
  expect(bodiesAt(trace, "/autoscaleSettings/autoscale-heart-classifier-blue")).toEqual([
    {
      location: "westeurope",
      tags: { team: "cardio" },
      properties: {
        enabled: true,
        targetResourceUri: blueId(),
        profiles: [
          {
            name: "default",
            capacity: { minimum: "2", maximum: "5", default: "2" },
            rules: [
              {
                metricTrigger: { ...metric, operator: "GreaterThan", threshold: 70 },
                scaleAction: { ...action, direction: "Increase" },
              },
              {
                metricTrigger: { ...metric, operator: "LessThan", threshold: 30 },
                scaleAction: { ...action, direction: "Decrease" },
              },
            ],
          },
        ],
      },
    },
  ]);
});

test("a secret variable is in the state in no clear form", async () => {
  const resources = await heart.rehearsal.stack.resources();
  const state = JSON.stringify(resources, (_, value: object | null) => (isSecret(value) ? "[secret]" : value));
  expect(state).toContain("LOG_LEVEL");
  expect(state).not.toContain(SECRET);
});

test("what autoscale does is no change of the program", async () => {
  await heart.rehearsal.azure.operate("PATCH", blueId(), { sku: { name: "Default", capacity: 4 } });
  expect(await heart.up()).toEqual([]);
});

test("a change that would undo it under load is refused, and keeps it after a refresh", async () => {
  declareBoth({ tags: { colour: "navy" } });
  await expect(heart.rehearsal.stack.preview()).rejects.toThrow(
    "deployments.blue.instanceCount: the live deployment has 4 and the update would write 2, and it has 100 % of the live " +
      'traffic; run "pulumi up --refresh", which takes the live number over, or take the others away with ' +
      'acceptLiveSettings: {"blue": ["instanceCount"]}',
  );
  await heart.rehearsal.stack.refresh();
  expect(bodiesAt(await heart.up(), "/deployments/blue")).toMatchObject([
    { sku: { capacity: 4 }, tags: { colour: "navy" } },
  ]);
});

test("autoscale switched off leaves the number that is given, and on again writes no deployment", async () => {
  declareBoth({ tags: { colour: "navy" }, autoscale: undefined, instanceCount: 3 });
  expect(writesOf(await heart.up())).toEqual(["PUT onlineEndpoints/deployments", "DELETE autoscaleSettings"]);
  declareBoth({ tags: { colour: "navy" } });
  expect(writesOf(await heart.up())).toEqual(["PUT autoscaleSettings"]);
});

test("a deployment that leaves takes its autoscale setting along, after the weights and before itself", async () => {
  heart.declare({ traffic: { blue: 0, green: 100 } });
  await heart.up();
  heart.declare({ deployments: { green: { ...GREEN, autoscale: AUTOSCALE } }, traffic: { green: 100 } });
  expect(writesOf(await heart.up()).filter((write) => !write.startsWith("PUT autoscale"))).toEqual([
    "PUT deployments",
    "PUT onlineEndpoints via",
    "DELETE autoscaleSettings",
    "DELETE onlineEndpoints/deployments",
  ]);
});

test("a destroy leaves no setting without its deployment", async () => {
  const deletes = writesOf(await heart.destroy()).filter((write) => write.startsWith("DELETE"));
  expect(deletes.indexOf("DELETE autoscaleSettings")).toBeGreaterThanOrEqual(0);
  expect(deletes.indexOf("DELETE autoscaleSettings")).toBeLessThan(deletes.indexOf("DELETE onlineEndpoints"));
  expect(await heart.rehearsal.resources("/autoscaleSettings")).toEqual([]);
});
