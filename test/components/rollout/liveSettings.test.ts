import { describe, expect, test } from "vitest";
import type { DeploymentProperties } from "../../../components/rollout/liveDeployment";
import {
  checkLiveSettings,
  describeAccepted,
  liveChanges,
  unchangedProperties,
} from "../../../components/rollout/liveSettings";
import type { LiveSettingsFacts } from "../../../components/rollout/liveSettings";
import { linesOf } from "../../support/linesOf";

const WORKSPACE = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.MachineLearningServices/workspaces/mlw";
const MODEL = `${WORKSPACE}/models/heart/versions/1`;
const OTHER_MODEL = `${WORKSPACE}/models/heart/versions/2`;
const AUTO_ENVIRONMENT = `${WORKSPACE}/environments/DefaultNcdEnv-mlflow/versions/20261124`;
const LOAD = "90 % of the live traffic";
const CHANGED = `it was changed elsewhere, and it has ${LOAD}`;

/** As this package writes a deployment of an MLflow model. */
const WRITTEN: DeploymentProperties = {
  endpointComputeType: "Managed",
  model: MODEL,
  instanceType: "Standard_DS3_v2",
  requestSettings: { maxConcurrentRequestsPerInstance: 1, requestTimeout: "PT5S" },
  scaleSettings: { scaleType: "Default" },
  appInsightsEnabled: false,
  egressPublicNetworkAccess: "Enabled",
};
const PROBE = { failureThreshold: 30, initialDelay: "PT10S", period: "PT10S", successThreshold: 1, timeout: "PT2S" };

/** As Azure answers it. */
const LIVE: DeploymentProperties = {
  ...WRITTEN,
  description: null,
  modelMountPath: null,
  codeConfiguration: null,
  dataCollector: null,
  environmentId: AUTO_ENVIRONMENT,
  environmentVariables: {
    AML_APP_ROOT: "/var/azureml-app",
    AZUREML_ENTRY_SCRIPT: "mlflow_score_script.py",
    AZUREML_MODEL_DIR: "/var/azureml-app/azureml-models/heart/1",
    AZUREML_MDC_CONFIG: "made by the service",
  },
  requestSettings: { maxConcurrentRequestsPerInstance: 1, maxQueueWait: "PT0.5S", requestTimeout: "PT5S" },
  livenessProbe: PROBE,
  readinessProbe: PROBE,
  startupProbe: PROBE,
  properties: { createdAt: "2026-11-24" },
  provisioningState: "Succeeded",
};

function facts(changes: Partial<LiveSettingsFacts> = {}): LiveSettingsFacts {
  return { before: WRITTEN, written: WRITTEN, seen: LIVE, live: LIVE, ...changes };
}

function said(changes: Partial<LiveSettingsFacts>, accepted: readonly string[] = []): readonly string[] {
  return linesOf(checkLiveSettings("default", liveChanges(facts(changes)), LOAD, accepted));
}

const edited = (changes: DeploymentProperties): Partial<LiveSettingsFacts> => ({ live: { ...LIVE, ...changes } });
const both = (changes: DeploymentProperties): Partial<LiveSettingsFacts> => {
  return { before: { ...WRITTEN, ...changes }, written: { ...WRITTEN, ...changes } };
};
const todo = (setting: string) =>
  `declare the live value, or overwrite it with acceptLiveSettings: {"default": ["${setting}"]}`;
const has = (path: string, is: string, wanted: string, setting = path.split(".")[0] ?? "") =>
  `deployments.default.${path}: the live deployment has ${is} and the update would write ${wanted}: ${CHANGED}; ${todo(setting)}`;

describe("what somebody changed on a live deployment is not overwritten", () => {
  test.each<[string, Partial<LiveSettingsFacts>, readonly string[]]>([
    ["the model", edited({ model: OTHER_MODEL }), [has("modelVersion", "heart/versions/2", "heart/versions/1")]],
    [
      "the timeout",
      edited({ requestSettings: { ...(LIVE["requestSettings"] as object), requestTimeout: "PT30S" } }),
      [has("requestSettings.requestTimeout", "PT30S", "PT5S")],
    ],
    [
      "the queue's wait, which no program declares",
      edited({ requestSettings: { ...(LIVE["requestSettings"] as object), maxQueueWait: "PT1M" } }),
      [has("requestSettings.maxQueueWait", "PT1M", "PT0.5S")],
    ],
    [
      "a probe that the program leaves to Azure",
      edited({ livenessProbe: { ...PROBE, period: "PT30S", failureThreshold: 3 } }),
      [has("livenessProbe.failureThreshold", "3", "30"), has("livenessProbe.period", "PT30S", "PT10S")],
    ],
    [
      "a probe that the program declares",
      { ...both({ readinessProbe: { ...PROBE, period: "PT5S" } }), ...edited({ readinessProbe: PROBE }) },
      [has("readinessProbe.period", "PT10S", "PT5S")],
    ],
    [
      "a startup probe added",
      { seen: { ...LIVE, startupProbe: null }, ...edited({ startupProbe: { ...PROBE, failureThreshold: 100 } }) },
      [has("startupProbe.failureThreshold", "100", "none")],
    ],
    ["logging", edited({ appInsightsEnabled: true }), [has("appInsightsEnabled", "true", "false")]],
    [
      "egress",
      edited({ egressPublicNetworkAccess: "Disabled" }),
      [has("egressPublicNetworkAccess", "Disabled", "Enabled")],
    ],
    [
      "the environment",
      edited({ environmentId: "azureml://registries/azureml/environments/sklearn/versions/1" }),
      [has("environmentId", "azureml://registries/azureml/environments/sklearn/versions/1", "none")],
    ],
    [
      "the scoring script",
      edited({ codeConfiguration: { scoringScript: "Score.py" } }),
      [has("codeConfiguration.scoringScript", "Score.py", "none")],
    ],
    ["where the model is", edited({ modelMountPath: "/models" }), [has("modelMountPath", "/models", "none")]],
    [
      "data collection",
      edited({ dataCollector: { collections: { request: { dataCollectionMode: "Enabled" } }, rollingRate: "Hour" } }),
      [
        has("dataCollector.collections.request.dataCollectionMode", "Enabled", "none"),
        has("dataCollector.collections.request.samplingRate", "1", "none"),
        has("dataCollector.rollingRate", "Hour", "none"),
      ],
    ],
    [
      "the size, which Azure does not change",
      edited({ instanceType: "Standard_F4s_v2" }),
      [
        "deployments.default.instanceType: the live deployment has Standard_F4s_v2 and the update would write " +
          `Standard_DS3_v2: ${CHANGED}; Azure ignores another size under the same name; declare the live value`,
      ],
    ],
  ])("%s", (_, changes, lines) => {
    expect(said(changes).toSorted()).toEqual([...lines].toSorted());
  });

  test("variables, by their names and never by their values", () => {
    const own = { LEVEL: "info", WORKERS: "4" };
    const azures = LIVE["environmentVariables"] as object;
    const lines = said({
      ...both({ environmentVariables: own }),
      seen: { ...LIVE, environmentVariables: { ...azures, ...own } },
      live: { ...LIVE, environmentVariables: { ...azures, LEVEL: "s3cret", TOKEN: "s3cret" } },
    });
    expect(lines.toSorted()).toEqual([
      `deployments.default.environmentVariables.LEVEL: the live deployment has another value than the update would write: ${CHANGED}; ${todo("environmentVariables")}`,
      `deployments.default.environmentVariables.TOKEN: the live deployment has it and the update would remove it: ${CHANGED}; ${todo("environmentVariables")}`,
      `deployments.default.environmentVariables.WORKERS: the live deployment does not have it and the update would add it: ${CHANGED}; ${todo("environmentVariables")}`,
    ]);
  });

  test("a variable that an adopted deployment has had all along", () => {
    const variables = { environmentVariables: { LEVEL: "info" } };
    expect(said({ seen: { ...LIVE, ...variables }, live: { ...LIVE, ...variables } })).toEqual([
      `deployments.default.environmentVariables.LEVEL: the live deployment has it and the update would remove it: ${CHANGED}; ${todo("environmentVariables")}`,
    ]);
  });

  test("a setting that is accepted by name may be overwritten, no other one", () => {
    const changes = edited({ model: OTHER_MODEL, appInsightsEnabled: true });
    expect(said(changes, ["appInsightsEnabled"])).toEqual([
      has("modelVersion", "heart/versions/2", "heart/versions/1"),
    ]);
    expect(said(changes, ["modelVersion", "appInsightsEnabled"])).toEqual([]);
    expect(describeAccepted(liveChanges(facts(changes)), ["appInsightsEnabled"])).toEqual([
      "appInsightsEnabled true -> false",
    ]);
  });

  test("an accepted variable is described without its value", () => {
    const changes = liveChanges(facts(edited({ environmentVariables: { TOKEN: "s3cret" } })));
    expect(describeAccepted(changes, ["environmentVariables"])).toEqual(["environmentVariables.TOKEN"]);
  });
});

describe("what is no change of somebody", () => {
  test.each<[string, Partial<LiveSettingsFacts>]>([
    ["what the service fills in", {}],
    [
      "an answer without what is not set",
      edited({ livenessProbe: undefined, readinessProbe: null, requestSettings: {} }),
    ],
    ["a startup probe that Azure no longer fills in", edited({ startupProbe: null })],
    ["a startup probe that Azure fills in since lately", { seen: { ...LIVE, startupProbe: null } }],
    [
      "durations in other words",
      {
        ...both({ livenessProbe: { ...PROBE, period: "PT90S" } }),
        ...edited({ livenessProbe: { ...PROBE, period: "PT1M30.0S" } }),
      },
    ],
    ["the case of ids", edited({ model: MODEL.toUpperCase(), instanceType: "STANDARD_DS3_V2" })],
    [
      "ids in other words, as at the last write",
      { ...edited({ model: "azureml://m/1" }), seen: { ...LIVE, model: "azureml://m/1" } },
    ],
    [
      "shares as single floats",
      {
        ...both({ dataCollector: { collections: { request: { dataCollectionMode: "Enabled", samplingRate: 0.1 } } } }),
        ...edited({
          dataCollector: {
            collections: {
              request: { dataCollectionMode: "enabled", samplingRate: Math.fround(0.1), dataId: null },
              response: { dataCollectionMode: "Disabled", samplingRate: 1 },
            },
            rollingRate: "Hour",
            requestLogging: null,
          },
        }),
      },
    ],
    [
      "the asset that Azure makes for what it collects",
      {
        ...both({ dataCollector: { collections: { request: { dataCollectionMode: "Enabled", samplingRate: 1 } } } }),
        seen: collector("azureml:heart-request:1"),
        live: collector("azureml:heart-request:1"),
      },
    ],
    ["empty maps and texts", edited({ environmentVariables: {}, modelMountPath: "", codeConfiguration: {} })],
    [
      "description, scale and what Azure notes",
      edited({ description: "x", scaleSettings: { scaleType: "TargetUtilization" }, properties: { a: "b" } }),
    ],
    [
      "numbers that stand in variables",
      { ...both({ environmentVariables: { WORKERS: 4 } }), ...edited({ environmentVariables: { WORKERS: "4" } }) },
    ],
    [
      "pods whose size and resources the cluster decides",
      {
        ...both({ instanceType: undefined, endpointComputeType: "Kubernetes" }),
        ...withSeen({
          instanceType: "defaultinstancetype",
          containerResourceRequirements: { containerResourceRequests: { cpu: "500m" } },
        }),
      },
    ],
  ])("%s", (_, changes) => {
    expect(said(changes)).toEqual([]);
  });

  function collector(dataId: string): DeploymentProperties {
    const request = { dataCollectionMode: "Enabled", samplingRate: 1, dataId };
    return { ...LIVE, dataCollector: { collections: { request }, rollingRate: "Hour" } };
  }

  function withSeen(changes: DeploymentProperties): Partial<LiveSettingsFacts> {
    return { seen: { ...LIVE, ...changes }, live: { ...LIVE, ...changes } };
  }
});

describe("what the program changes is another matter", () => {
  const written = { ...WRITTEN, appInsightsEnabled: true };

  test("it is a change of the live deployment, and nobody else's", () => {
    expect(said({ written })).toEqual([]);
    expect(unchangedProperties(liveChanges(facts({ written })))).not.toContain("appInsightsEnabled");
  });

  test("the live value, declared, changes nothing", () => {
    const changes = liveChanges(facts({ written, live: { ...LIVE, appInsightsEnabled: true } }));
    expect(changes).toEqual([]);
    expect(unchangedProperties(changes)).toContain("appInsightsEnabled");
  });
});
