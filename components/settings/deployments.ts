import type { AutoscaleArgs } from "../args/autoscale";

const PROBE = { failureThreshold: 30, initialDelay: "PT10S", period: "PT10S", successThreshold: 1, timeout: "PT2S" };

/** The defaults that Azure fills in on a deployment. */
export const AZURE_DEFAULTS: Readonly<Record<string, unknown>> = {
  appInsightsEnabled: false,
  egressPublicNetworkAccess: "Enabled",
  requestSettings: { maxConcurrentRequestsPerInstance: 1, maxQueueWait: "PT0.5S", requestTimeout: "PT5S" },
  livenessProbe: PROBE,
  readinessProbe: PROBE,
  scaleSettings: { scaleType: "Default" },
};

/** The defaults that Azure fills in inside an optional part of a deployment, if it is given. */
export const AZURE_DEFAULTS_WITHIN: Readonly<Record<string, unknown>> = {
  startupProbe: PROBE,
  dataCollector: { rollingRate: "Hour" },
};

/** Variables that Azure sets in every container. */
export const AZURE_VARIABLES: ReadonlySet<string> = new Set([
  "AML_APP_ROOT",
  "AZUREML_ENTRY_SCRIPT",
  "AZUREML_MODEL_DIR",
]);

/** Whether an environment is one of Microsoft's own, which Azure uses for an MLflow model without one. */
export function isCurated(environmentId: string): boolean {
  return /\/registries\/azureml\/environments\//i.test(environmentId);
}

/** A deployment's initial machine count. */
export function firstInstanceCount({ defaultInstanceCount, minimumInstanceCount }: AutoscaleArgs): number {
  return defaultInstanceCount ?? minimumInstanceCount;
}

export const DEFAULT_INSTANCE_TYPE = "Standard_DS3_v2";
