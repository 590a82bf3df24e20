import { GROUP } from "./resourceType";
import type { Rows } from "./resourceType";

const STORAGE = `${GROUP}/providers/Microsoft.Storage/storageAccounts/{accountName}`;
const VAULT = `${GROUP}/providers/Microsoft.KeyVault/vaults/{vaultName}`;
const APPS = `${GROUP}/providers/Microsoft.App`;

/** What else machine learning is used with. */
export const SERVICES: Rows = {
  "resources:ResourceGroup": {
    path: GROUP,
    apiVersion: "2024-03-01",
    nameArgument: "resourceGroupName",
    hasLocation: true,
  },
  "resources:Deployment": {
    path: `${GROUP}/providers/Microsoft.Resources/deployments/{deploymentName}`,
    apiVersion: "2024-03-01",
    nameArgument: "deploymentName",
  },
  "authorization:RoleAssignment": {
    path: "{scope}/providers/Microsoft.Authorization/roleAssignments/{roleAssignmentName}",
    apiVersion: "2022-04-01",
    nameArgument: "roleAssignmentName",
    envelope: [],
    replacing: ["principalId"],
    written: ["principalId"],
  },
  "managedidentity:UserAssignedIdentity": {
    path: `${GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/{resourceName}`,
    apiVersion: "2023-01-31",
    nameArgument: "resourceName",
    envelope: ["location", "tags"],
    hasLocation: true,
  },
  "storage:StorageAccount": {
    path: STORAGE,
    apiVersion: "2024-01-01",
    nameArgument: "accountName",
    envelope: ["location", "tags", "sku", "kind", "identity", "extendedLocation"],
    renamed: {
      enableHttpsTrafficOnly: "supportsHttpsTrafficOnly",
      enableNfsV3: "isNfsV3Enabled",
      networkRuleSet: "networkAcls",
    },
    members: {
      networkRuleSet: {
        members: {
          ipRules: { renamed: { iPAddressOrRange: "value" } },
          virtualNetworkRules: { renamed: { virtualNetworkResourceId: "id" } },
        },
      },
    },
    replacing: ["isHnsEnabled"],
    hasLocation: true,
    plainName: true,
  },
  "storage:BlobContainer": {
    path: `${STORAGE}/blobServices/default/containers/{containerName}`,
    apiVersion: "2024-01-01",
    nameArgument: "containerName",
    envelope: [],
  },
  "keyvault:Vault": {
    path: VAULT,
    apiVersion: "2024-11-01",
    nameArgument: "vaultName",
    subResources: ["accessPolicies"],
    written: ["tenantId"],
    hasLocation: true,
  },
  "keyvault:Secret": {
    path: `${VAULT}/secrets/{secretName}`,
    apiVersion: "2024-11-01",
    nameArgument: "secretName",
  },
  "containerregistry:Registry": {
    path: `${GROUP}/providers/Microsoft.ContainerRegistry/registries/{registryName}`,
    apiVersion: "2023-01-01-preview",
    nameArgument: "registryName",
    envelope: ["location", "tags", "sku", "identity"],
    members: { networkRuleSet: { members: { ipRules: { renamed: { iPAddressOrRange: "value" } } } } },
    hasLocation: true,
  },
  "app:ManagedEnvironment": {
    path: `${APPS}/managedEnvironments/{environmentName}`,
    apiVersion: "2025-02-02-preview",
    nameArgument: "environmentName",
    envelope: ["location", "tags", "kind", "identity"],
    hasLocation: true,
  },
  "app:ContainerApp": {
    path: `${APPS}/containerApps/{containerAppName}`,
    apiVersion: "2025-02-02-preview",
    nameArgument: "containerAppName",
    envelope: ["location", "tags", "kind", "identity", "managedBy", "extendedLocation"],
    hasLocation: true,
  },
};
