/**
 * Settings of a deployment that must be known before anything is registered; `**` is a setting with all that is in it.
 * Ids, environment variables and tags may come from other resources.
 */
export const PLAIN_DEPLOYMENT_PATHS: readonly (readonly string[])[] = [
  "modelVersion",
  "instanceType",
  "instanceCount",
  "autoscale.**",
  "targetUtilizationScaling.**",
  "containerResourceRequirements.**",
  "requestSettings.**",
  "livenessProbe.**",
  "readinessProbe.**",
  "startupProbe.**",
  "appInsightsEnabled",
  "dataCollector",
  "dataCollector.collections",
  "dataCollector.collections.*",
  "dataCollector.collections.*.enabled",
  "dataCollector.collections.*.samplingRate",
  "dataCollector.rollingRate",
  "dataCollector.captureHeaders",
  "egressPublicNetworkAccess",
  "codeConfiguration",
  "codeConfiguration.scoringScript",
  "acceptContract",
  "modelMountPath",
  "description",
].map((path) => ["deployments", "*", ...path.split(".")]);
