import type { Values } from "./exportedStack";

const GROUP = "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}";
const STORAGE = `${GROUP}/providers/Microsoft.Storage/storageAccounts/{accountName}`;
const CONTAINER = `${STORAGE}/blobServices/default/containers/{containerName}`;
const VAULT = `${GROUP}/providers/Microsoft.KeyVault/vaults/{vaultName}`;
const INSIGHTS = "providers/Microsoft.Insights";
const PRIVATE_ENDPOINT = `${GROUP}/providers/Microsoft.Network/privateEndpoints/{privateEndpointName}`;
const WORKSPACE = `${GROUP}/providers/Microsoft.MachineLearningServices/workspaces/{workspaceName}`;
const ENDPOINT = `${WORKSPACE}/onlineEndpoints/{endpointName}`;

/** Where the types that the component declares stand in Azure; names in braces are inputs of the resource. */
const PATHS: Readonly<Record<string, string>> = {
  "resources:ResourceGroup": GROUP,
  "resources:Deployment": `${GROUP}/providers/Microsoft.Resources/deployments/{deploymentName}`,
  "storage:StorageAccount": STORAGE,
  "storage:BlobContainer": CONTAINER,
  "storage:Blob": `${CONTAINER}/blobs/{blobName}`,
  "keyvault:Vault": VAULT,
  "keyvault:Secret": `${VAULT}/secrets/{secretName}`,
  "containerregistry:Registry": `${GROUP}/providers/Microsoft.ContainerRegistry/registries/{registryName}`,
  "network:PrivateEndpoint": PRIVATE_ENDPOINT,
  "network:PrivateDnsZoneGroup": `${PRIVATE_ENDPOINT}/privateDnsZoneGroups/{privateDnsZoneGroupName}`,
  "authorization:RoleAssignment": "{scope}/providers/Microsoft.Authorization/roleAssignments/{roleAssignmentName}",
  "monitor:AutoscaleSetting": `${GROUP}/${INSIGHTS}/autoscaleSettings/{autoscaleSettingName}`,
  "monitor:DiagnosticSetting": `{resourceUri}/${INSIGHTS}/diagnosticSettings/{name}`,
  "monitor:MetricAlert": `${GROUP}/${INSIGHTS}/metricAlerts/{ruleName}`,
  "applicationinsights:Component": `${GROUP}/${INSIGHTS}/components/{resourceName}`,
  "operationalinsights:Workspace": `${GROUP}/providers/Microsoft.OperationalInsights/workspaces/{workspaceName}`,
  "machinelearningservices:Workspace": WORKSPACE,
  "machinelearningservices:Datastore": `${WORKSPACE}/datastores/{name}`,
  "machinelearningservices:ModelContainer": `${WORKSPACE}/models/{name}`,
  "machinelearningservices:ModelVersion": `${WORKSPACE}/models/{name}/versions/{version}`,
  "machinelearningservices:OnlineEndpoint": ENDPOINT,
  "machinelearningservices:OnlineDeployment": `${ENDPOINT}/deployments/{deploymentName}`,
};

export function isAzureNative(type: string): boolean {
  return type.startsWith("azure-native:");
}

/** The path of a type below Azure Resource Manager, whatever its API version; undefined for an unknown type. */
export function armPathOf(type: string): string | undefined {
  const [, module = "", name = ""] = type.split(":");
  return PATHS[`${module.split("/")[0] ?? ""}:${name}`];
}

/** The ARM id that a resource with these inputs has; undefined when its type is unknown or an input is missing. */
export function armIdOf(type: string, inputs: Values, subscriptionId: string): string | undefined {
  const path = armPathOf(type);
  const parts = path?.replaceAll(/\{(\w+)\}/g, (placeholder, name: string) => {
    const value = name === "subscriptionId" ? subscriptionId : inputs[name];
    return typeof value === "string" && value !== "" ? value : placeholder;
  });
  return parts?.includes("{") === true ? undefined : parts;
}
