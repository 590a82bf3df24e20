import type { DeploymentProperties } from "../../components/rollout/liveDeployment";
import { checkLiveSettings, liveChanges } from "../../components/rollout/liveSettings";
import type { LiveSettingsFacts } from "../../components/rollout/liveSettings";
import { linesOf } from "./linesOf";

const WORKSPACE = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.MachineLearningServices/workspaces/mlw";
export const MODEL = `${WORKSPACE}/models/heart/versions/1`;
export const OTHER_MODEL = `${WORKSPACE}/models/heart/versions/2`;
const AUTO_ENVIRONMENT = `${WORKSPACE}/environments/DefaultNcdEnv-mlflow/versions/20261124`;
const LOAD = "90 % of the live traffic";
export const CHANGED = `it was changed elsewhere, and it has ${LOAD}`;

/** As this package writes a deployment of an MLflow model. */
export const WRITTEN: DeploymentProperties = {
  endpointComputeType: "Managed",
  model: MODEL,
  instanceType: "Standard_DS3_v2",
  requestSettings: { maxConcurrentRequestsPerInstance: 1, requestTimeout: "PT5S" },
  scaleSettings: { scaleType: "Default" },
  appInsightsEnabled: false,
  egressPublicNetworkAccess: "Enabled",
};
export const PROBE = {
  failureThreshold: 30,
  initialDelay: "PT10S",
  period: "PT10S",
  successThreshold: 1,
  timeout: "PT2S",
};

/** As Azure answers it. */
export const LIVE: DeploymentProperties = {
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

export function facts(changes: Partial<LiveSettingsFacts> = {}): LiveSettingsFacts {
  return { before: WRITTEN, written: WRITTEN, seen: LIVE, live: LIVE, ...changes };
}

export function said(changes: Partial<LiveSettingsFacts>, accepted: readonly string[] = []): readonly string[] {
  return linesOf(checkLiveSettings("default", liveChanges(facts(changes)), LOAD, accepted));
}

export const edited = (changes: DeploymentProperties): Partial<LiveSettingsFacts> => ({
  live: { ...LIVE, ...changes },
});
export const both = (changes: DeploymentProperties): Partial<LiveSettingsFacts> => {
  return { before: { ...WRITTEN, ...changes }, written: { ...WRITTEN, ...changes } };
};
export const todo = (setting: string) =>
  `declare the live value, or overwrite it with acceptLiveSettings: {"default": ["${setting}"]}`;
export const has = (path: string, is: string, wanted: string, setting = path.split(".")[0] ?? "") =>
  `deployments.default.${path}: the live deployment has ${is} and the update would write ${wanted}: ${CHANGED}; ${todo(setting)}`;
