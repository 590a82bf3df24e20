/**
 * Resource types of azure-native that only some programs declare. Each is loaded with its first resource, since a program is
 * loaded anew for every step of a rollout.
 */
export const optional = {
  get ApplicationInsights() {
    return (
      require("@pulumi/azure-native/applicationinsights/component") as typeof import("@pulumi/azure-native/applicationinsights/component")
    ).Component;
  },
  get AutoscaleSetting() {
    return (
      require("@pulumi/azure-native/monitor/autoscaleSetting") as typeof import("@pulumi/azure-native/monitor/autoscaleSetting")
    ).AutoscaleSetting;
  },
  get DiagnosticSetting() {
    return (
      require("@pulumi/azure-native/monitor/diagnosticSetting") as typeof import("@pulumi/azure-native/monitor/diagnosticSetting")
    ).DiagnosticSetting;
  },
  get LogWorkspace() {
    return (
      require("@pulumi/azure-native/operationalinsights/workspace") as typeof import("@pulumi/azure-native/operationalinsights/workspace")
    ).Workspace;
  },
  get MetricAlert() {
    return (
      require("@pulumi/azure-native/monitor/metricAlert") as typeof import("@pulumi/azure-native/monitor/metricAlert")
    ).MetricAlert;
  },
  get PrivateDnsZoneGroup() {
    return (
      require("@pulumi/azure-native/network/privateDnsZoneGroup") as typeof import("@pulumi/azure-native/network/privateDnsZoneGroup")
    ).PrivateDnsZoneGroup;
  },
  get PrivateEndpoint() {
    return (
      require("@pulumi/azure-native/network/privateEndpoint") as typeof import("@pulumi/azure-native/network/privateEndpoint")
    ).PrivateEndpoint;
  },
  get Registry() {
    return (
      require("@pulumi/azure-native/containerregistry/registry") as typeof import("@pulumi/azure-native/containerregistry/registry")
    ).Registry;
  },
  get RoleAssignment() {
    return (
      require("@pulumi/azure-native/authorization/roleAssignment") as typeof import("@pulumi/azure-native/authorization/roleAssignment")
    ).RoleAssignment;
  },
  get Secret() {
    return (require("@pulumi/azure-native/keyvault/secret") as typeof import("@pulumi/azure-native/keyvault/secret"))
      .Secret;
  },
  get StorageAccount() {
    return (
      require("@pulumi/azure-native/storage/storageAccount") as typeof import("@pulumi/azure-native/storage/storageAccount")
    ).StorageAccount;
  },
  get Vault() {
    return (require("@pulumi/azure-native/keyvault/vault") as typeof import("@pulumi/azure-native/keyvault/vault"))
      .Vault;
  },
  get Workspace() {
    return (
      require("@pulumi/azure-native/machinelearningservices/workspace") as typeof import("@pulumi/azure-native/machinelearningservices/workspace")
    ).Workspace;
  },
};
