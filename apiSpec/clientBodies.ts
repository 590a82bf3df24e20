import type { Datastore, OnlineDeployment, OnlineEndpoint, Workspace } from "@azure/arm-machinelearning";
import type { GenericResource } from "@azure/arm-resources";

export const GROUP = "rg-clients";
export const LOCATION = "westeurope";
export const WORKSPACE = "mlw-clients";
export const ENDPOINT = "heart-clients";
export const ACCOUNT = "stclients";
export const CONTAINER = "heart-models";
export const MODEL = "heart-classifier";

const PROVIDERS = `resourceGroups/${GROUP}/providers`;
const STORAGE = `${PROVIDERS}/Microsoft.Storage/storageAccounts/${ACCOUNT}`;
const VAULT = `${PROVIDERS}/Microsoft.KeyVault/vaults/kv-clients`;
const INSIGHTS = `${PROVIDERS}/Microsoft.Insights/components/appi-clients`;
const ML_WORKSPACE = `${PROVIDERS}/Microsoft.MachineLearningServices/workspaces/${WORKSPACE}`;
export const TEMPLATE_DEPLOYMENT = `${PROVIDERS}/Microsoft.Resources/deployments/traffic`;

/** What a workspace needs: path below the subscription, API version, body. */
export function workspaceParts(tenantId: string): readonly (readonly [string, string, GenericResource])[] {
  const vault = { tenantId, sku: { family: "A", name: "standard" }, accessPolicies: [] };
  return [
    [STORAGE, "2023-05-01", { location: LOCATION, kind: "StorageV2", sku: { name: "Standard_LRS" } }],
    [VAULT, "2023-07-01", { location: LOCATION, properties: vault }],
    [INSIGHTS, "2020-02-02", { location: LOCATION, kind: "web", properties: { Application_Type: "web" } }],
  ];
}

/** @param subscription id of the subscription, `/subscriptions/...`; so for the other bodies */
export function workspaceBody(subscription: string): Workspace {
  return {
    location: LOCATION,
    identity: { type: "SystemAssigned" },
    storageAccount: `${subscription}/${STORAGE}`,
    keyVault: `${subscription}/${VAULT}`,
    applicationInsights: `${subscription}/${INSIGHTS}`,
  };
}

export function datastoreBody(key: string): Datastore {
  const credentials = { credentialsType: "AccountKey", secrets: { secretsType: "AccountKey", key } } as const;
  return {
    properties: { datastoreType: "AzureBlob", accountName: ACCOUNT, containerName: CONTAINER, credentials },
  };
}

/** Where a folder of the datastore is, in the form that Azure Resource Manager takes. */
export function modelUri(subscription: string, datastore: string, folder: string): string {
  return `azureml:/${subscription}/resourceGroups/${GROUP}/workspaces/${WORKSPACE}/datastores/${datastore}/paths/${folder}`;
}

export function endpointBody(traffic: Record<string, number>): OnlineEndpoint {
  return { location: LOCATION, identity: { type: "SystemAssigned" }, properties: { authMode: "Key", traffic } };
}

export function deploymentBody(subscription: string, version: string): OnlineDeployment {
  return {
    location: LOCATION,
    sku: { name: "Default", capacity: 1 },
    properties: {
      endpointComputeType: "Managed",
      instanceType: "Standard_DS2_v2",
      model: `${subscription}/${ML_WORKSPACE}/models/${MODEL}/versions/${version}`,
    },
  };
}

/** A template deployment that puts the endpoint with the given weights. */
export function trafficDeployment(traffic: Record<string, number>): GenericResource {
  const { location, identity, properties } = endpointBody({});
  const endpoint = {
    type: "Microsoft.MachineLearningServices/workspaces/onlineEndpoints",
    apiVersion: "2024-04-01",
    name: `${WORKSPACE}/${ENDPOINT}`,
    location,
    identity,
    properties: { ...properties, traffic: "[parameters('traffic')]" },
  };
  const template = {
    $schema: "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
    contentVersion: "1.0.0.0",
    parameters: { traffic: { type: "object" } },
    resources: [endpoint],
  };
  return { properties: { mode: "Incremental", template, parameters: { traffic: { value: traffic } } } };
}
