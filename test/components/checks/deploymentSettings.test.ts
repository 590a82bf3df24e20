import { describe, expect, test } from "vitest";
import { VALID, problemsWith } from "../../support/checkedArgs";

/** What is said about the first deployment with these settings, without its place. */
function problems(settings: object): readonly string[] {
  const blue = { modelVersion: "1", ...settings };
  const lines = problemsWith({ deployments: { ...VALID.deployments, default: blue } });
  return lines.map((line) => line.replace("deployments.default.", ""));
}

const ENVIRONMENT = "azureml://registries/azureml/environments/sklearn/versions/1";
const AUTOSCALE = { minimumInstanceCount: 2, maximumInstanceCount: 5 };
const LATENCY = { ...AUTOSCALE, metric: "RequestLatency_P95" };

describe("settings that Azure takes", () => {
  test.each<[string, object]>([
    ["the least of each", { requestSettings: {}, livenessProbe: {}, dataCollector: { collections: { request: {} } } }],
    ["the longest request", { requestSettings: { requestTimeoutSeconds: 180, maxConcurrentRequestsPerInstance: 100 } }],
    ["a probe without delay", { startupProbe: { initialDelaySeconds: 0 } }],
    ["an empty variable", { environmentVariables: { EMPTY: "" } }],
    [
      "a scoring script with its collections",
      {
        environmentId: ENVIRONMENT,
        codeConfiguration: { scoringScript: "score.py" },
        modelMountPath: "/models",
        egressPublicNetworkAccess: "Disabled",
        dataCollector: { collections: { my_inputs: { samplingRate: 0.01 } }, rollingRate: "Day" },
      },
    ],
    ["autoscale of one size", { autoscale: { minimumInstanceCount: 3, maximumInstanceCount: 3 } }],
    ["autoscale by latency", { autoscale: { ...LATENCY, scaleOut: { threshold: 500 }, scaleIn: { threshold: 90 } } }],
  ])("%s", (_, settings) => {
    expect(problems(settings)).toEqual([]);
  });
});

describe("settings that are refused", () => {
  test.each<[object, string]>([
    [
      { requestSettings: 5 },
      "requestSettings: must be { maxConcurrentRequestsPerInstance, requestTimeoutSeconds }, got 5",
    ],
    [
      { requestSettings: { maxQueueWait: 1 } },
      "requestSettings.maxQueueWait: no such setting; use maxConcurrentRequestsPerInstance, requestTimeoutSeconds",
    ],
    [
      { requestSettings: { requestTimeoutSeconds: 181 } },
      "requestSettings.requestTimeoutSeconds: must be a whole number from 1 to 180, got 181",
    ],
    [
      { requestSettings: { maxConcurrentRequestsPerInstance: 0 } },
      "requestSettings.maxConcurrentRequestsPerInstance: must be a whole number 1 or more, got 0",
    ],
    [
      { livenessProbe: { periodSeconds: 0.5 } },
      "livenessProbe.periodSeconds: must be a whole number 1 or more, got 0.5",
    ],
    [
      { readinessProbe: { initialDelaySeconds: -1 } },
      "readinessProbe.initialDelaySeconds: must be a whole number 0 or more, got -1",
    ],
    [
      { startupProbe: null },
      "startupProbe: must be { initialDelaySeconds, periodSeconds, timeoutSeconds, failureThreshold, successThreshold }, got null",
    ],
    [{ appInsightsEnabled: "yes" }, 'appInsightsEnabled: must be true or false, got "yes"'],
    [{ description: 5 }, "description: must be text, got 5"],
    [{ tags: { team: 5 } }, "tags.team: must be text, got 5"],
    [{ environmentVariables: ["A=1"] }, 'environmentVariables: must be a map of names to text, got ["A=1"]'],
    [{ environmentVariables: { WORKERS: 2 } }, "environmentVariables.WORKERS: must be text, got 2"],
    [
      { environmentVariables: { "2-A": "1" } },
      "environmentVariables.2-A: is not the name of a variable; use letters, digits and underscores, no digit first",
    ],
    [
      { environmentId: "sklearn:1" },
      "environmentId: must be the ARM id of an environment version or azureml://registries/<registry>/environments/<name>/versions/<version>, " +
        'got "sklearn:1"',
    ],
    [
      { codeConfiguration: { scoringScript: "score.py" } },
      "codeConfiguration: needs environmentId; without one Azure makes environment and script from the MLflow model",
    ],
    [
      { environmentId: ENVIRONMENT, codeConfiguration: {} },
      "codeConfiguration.scoringScript: is missing; name the script, such as score.py",
    ],
    [
      { environmentId: ENVIRONMENT, codeConfiguration: { scoringScript: "./" } },
      'codeConfiguration.scoringScript: "./" is not a file name; name the script, such as score.py',
    ],
    [
      { environmentId: ENVIRONMENT, modelMountPath: "models" },
      'modelMountPath: must be an absolute path such as "/models", got "models"',
    ],
    [
      { egressPublicNetworkAccess: "Disabled" },
      "egressPublicNetworkAccess: needs environmentId: Azure installs the model's packages from the internet (BadArgument); " +
        "give an environment that has them, or use a managed network of the workspace",
    ],
    [{ egressPublicNetworkAccess: "off" }, 'egressPublicNetworkAccess: must be one of Enabled, Disabled, got "off"'],
    [
      { dataCollector: {} },
      "dataCollector.collections: is missing; name what is collected, such as { model_inputs: {}, model_outputs: {} }",
    ],
    [
      { dataCollector: { collections: { my_inputs: {} } } },
      "dataCollector.collections.my_inputs: only a scoring script of your own collects under this name; " +
        "use model_inputs, model_outputs, request, response",
    ],
    [
      { dataCollector: { collections: { request: { samplingRate: 0 } } } },
      "dataCollector.collections.request.samplingRate: must be a number more than 0 and at most 1, got 0",
    ],
    [
      { dataCollector: { collections: { model_inputs: {} }, captureHeaders: ["x-a"] } },
      "dataCollector.captureHeaders: has no effect; headers are kept with the collections request and response",
    ],
  ])("%j", (settings, line) => {
    expect(problems(settings)).toEqual([line]);
  });
});

describe("autoscale that is refused", () => {
  test.each<[object, readonly string[]]>([
    [
      {},
      [
        "autoscale.minimumInstanceCount: is missing; give the fewest instances, such as 2",
        "autoscale.maximumInstanceCount: is missing; give the most instances, such as 5",
      ],
    ],
    [
      { minimumInstanceCount: 3, maximumInstanceCount: 2 },
      ["autoscale.maximumInstanceCount: must be a whole number from 3 to 50, got 2"],
    ],
    [
      { ...AUTOSCALE, defaultInstanceCount: 6 },
      ["autoscale.defaultInstanceCount: must be a whole number from 2 to 5, got 6"],
    ],
    [
      { ...AUTOSCALE, metric: "Load" },
      [
        'autoscale.metric: must be one of CpuUtilizationPercentage, GpuUtilizationPercentage, RequestLatency_P95, got "Load"',
      ],
    ],
    [
      { ...AUTOSCALE, scaleOut: { threshold: 101 } },
      ["autoscale.scaleOut.threshold: must be a number of percent, more than 0 and at most 100, got 101"],
    ],
    [
      { ...AUTOSCALE, scaleOut: { threshold: 30 } },
      ["autoscale.scaleIn.threshold: must be less than scaleOut.threshold of 30, got 30"],
    ],
    [
      LATENCY,
      [
        "autoscale.scaleOut.threshold: is missing; give it in milliseconds, there is no default for a latency",
        "autoscale.scaleIn.threshold: is missing; give it in milliseconds, there is no default for a latency",
      ],
    ],
    [
      { ...AUTOSCALE, scaleIn: { cooldownSeconds: 59, instanceCount: 0 } },
      [
        "autoscale.scaleIn.instanceCount: must be a whole number from 1 to 50, got 0",
        "autoscale.scaleIn.cooldownSeconds: must be a whole number from 60 to 604800, got 59",
      ],
    ],
  ])("%j", (autoscale, lines) => {
    expect(problems({ autoscale })).toEqual(lines);
  });

  test("together with a number of machines", () => {
    expect(problems({ autoscale: AUTOSCALE, instanceCount: 2 })).toEqual([
      "instanceCount: has no effect with autoscale; remove one of them",
    ]);
  });
});
