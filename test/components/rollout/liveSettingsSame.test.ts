import { describe, expect, test } from "vitest";
import type { DeploymentProperties } from "../../../components/rollout/liveDeployment";
import { liveChanges, unchangedProperties } from "../../../components/rollout/liveSettings";
import type { LiveSettingsFacts } from "../../../components/rollout/liveSettings";
import { MODEL, WRITTEN, PROBE, LIVE, facts, said, edited, both } from "../../support/liveSettings";

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
