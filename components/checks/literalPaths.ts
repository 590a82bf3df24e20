/** Settings of access and observability that must be known before anything is registered; ids may come from other resources. */
export const LITERAL_ACCESS_PATHS: readonly (readonly string[])[] = [
  "managedIdentities",
  "managedIdentities.systemAssigned",
  "managedIdentities.userAssignedResourceIds",
  "identityRoles",
  "roleAssignments",
  "roleAssignments.*",
  "roleAssignments.*.principalType",
  "keySecret",
  "keySecret.keyType",
  "diagnosticSettings",
  "diagnosticSettings.*",
  "diagnosticSettings.*.logCategories",
  "diagnosticSettings.*.metricCategories",
  "alerts",
  "alerts.actionGroupResourceIds",
  "alerts.maxServerErrorsPerMinute",
  "alerts.maxModelErrorsPerMinute",
  "alerts.maxLatencyP95Milliseconds",
  "alerts.severity",
].map((path) => path.split("."));

/**
 * Settings of a deployment that must be known before anything is registered; `**` is a setting with all that is in it.
 * Ids, environment variables and tags may come from other resources.
 */
export const LITERAL_DEPLOYMENT_PATHS: readonly (readonly string[])[] = [
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

/**
 * Settings of the workspace that must be known before anything is registered; ids and names may come from other
 * resources.
 */
export const LITERAL_WORKSPACE_PATHS: readonly (readonly string[])[] = [
  "workspace",
  "workspace.name",
  "workspace.publicNetworkAccess",
  "workspace.createContainerRegistry",
  "workspace.managedIdentities",
  "workspace.managedIdentities.systemAssigned",
  "workspace.managedIdentities.userAssignedResourceIds",
  "workspace.systemDatastoresAuthMode",
  "workspace.managedNetwork",
  "workspace.managedNetwork.isolationMode",
  "workspace.managedNetwork.allowPackageSources",
  "workspace.managedNetwork.firewallSku",
  "workspace.managedNetwork.outboundRules",
  "workspace.managedNetwork.outboundRules.*",
  "workspace.managedNetwork.outboundRules.*.serviceTag",
  "workspace.managedNetwork.outboundRules.*.privateEndpoint",
  "workspace.privateEndpoints",
  "workspace.privateEndpoints.*",
  "workspace.privateEndpoints.*.privateDnsZoneResourceIds",
].map((path) => path.split("."));
