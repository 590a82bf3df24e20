import { describe, expect, test } from "vitest";
import { describeAccepted, liveChanges } from "../../../components/rollout/liveSettings";
import type { LiveSettingsFacts } from "../../../components/rollout/liveSettings";
import { OTHER_MODEL, CHANGED, PROBE, LIVE, facts, said, edited, both, todo, has } from "../../support/liveSettings";

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
