/**
 * Settings of the workspace that must be known before anything is registered; ids and names of what they point at may come
 * from other resources.
 */
export const PLAIN_WORKSPACE_PATHS: readonly (readonly string[])[] = [
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
