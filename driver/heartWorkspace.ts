import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { BlobServiceClient, StorageSharedKeyCredential } from "@azure/storage-blob";
import type { ContainerClient } from "@azure/storage-blob";
import { textAt } from "./azureClient";
import type { Answer, AzureClient } from "./azureClient";
import { EXAMPLE, MODELS } from "./paths";

export const GROUP = "resourceGroups/heart";
export const LOCATION = "westeurope";
export const STORAGE = `${GROUP}/providers/Microsoft.Storage/storageAccounts/heartstorage`;
export const WORKSPACE = `${GROUP}/providers/Microsoft.MachineLearningServices/workspaces/heart`;
export const ENDPOINT = `${WORKSPACE}/onlineEndpoints/heart-classifier`;
export const VAULT = `${GROUP}/providers/Microsoft.KeyVault/vaults/heartvault`;
const INSIGHTS = `${GROUP}/providers/Microsoft.Insights/components/heartinsights`;

export const SAMPLE_REQUEST = readFileSync(join(EXAMPLE, "sample-request.json"), "utf8");
export const EXPECTED_ANSWERS = JSON.parse(readFileSync(join(EXAMPLE, "expected-answers.json"), "utf8")) as {
  readonly blue: readonly number[];
  readonly green: readonly number[];
};

/** The ids that bodies contain. */
export interface AzureIds {
  readonly azure: { readonly subscriptionId: string; readonly tenantId: string };
}

export function armIdOf({ azure }: AzureIds, path: string): string {
  return `/subscriptions/${azure.subscriptionId}/${path}`;
}

export function workspaceBody(azure: AzureIds): object {
  const [storageAccount, keyVault, applicationInsights] = [STORAGE, VAULT, INSIGHTS].map((path) =>
    armIdOf(azure, path),
  );
  return {
    location: LOCATION,
    identity: { type: "SystemAssigned" },
    properties: { storageAccount, keyVault, applicationInsights },
  };
}

export function storageBody(): object {
  return { location: LOCATION, kind: "StorageV2", sku: { name: "Standard_LRS" }, properties: {} };
}

/** Creates the group and the resources that a workspace needs. */
export async function createWorkspaceParts(azure: AzureClient): Promise<void> {
  await azure.arm("PUT", GROUP, { location: LOCATION });
  await azure.arm("PUT", STORAGE, storageBody());
  const vault = { tenantId: azure.azure.tenantId, sku: { family: "A", name: "standard" }, accessPolicies: [] };
  await azure.arm("PUT", VAULT, { location: LOCATION, properties: vault });
  await azure.arm("PUT", INSIGHTS, { location: LOCATION, kind: "web", properties: { Application_Type: "web" } });
}

export async function createWorkspace(azure: AzureClient): Promise<void> {
  await createWorkspaceParts(azure);
  await azure.operate("PUT", WORKSPACE, workspaceBody(azure));
}

/** Microsoft's blob client for the storage account, with its first key. */
export async function blobService(azure: AzureClient): Promise<BlobServiceClient> {
  const account = await azure.arm("GET", STORAGE);
  const { body } = await azure.arm("POST", `${STORAGE}/listKeys`);
  const credential = new StorageSharedKeyCredential("heartstorage", textAt(body, "keys.0.value"));
  const url = textAt(account.body, "properties.primaryEndpoints.blob").replace(/\/$/, "");
  // The client's pipeline accepts these, though its type does not list them.
  const trust = { tlsOptions: { ca: readFileSync(azure.azure.ca) } };
  return new BlobServiceClient(url, credential, { ...trust, retryOptions: { maxTries: 1 } });
}

/** The container of the workspace's default datastore. */
export async function defaultContainer(azure: AzureClient): Promise<ContainerClient> {
  const { body } = await azure.arm("GET", `${WORKSPACE}/datastores?isDefault=true`);
  return (await blobService(azure)).getContainerClient(textAt(body, "value.0.properties.containerName"));
}

/** Uploads the folder of a committed model, without the files that `leaveOut` names, and registers it. */
export async function registerModel(
  azure: AzureClient,
  version: string,
  folder: "blue" | "green",
  leaveOut: readonly string[] = [],
): Promise<Answer> {
  const container = await defaultContainer(azure);
  const path = join(MODELS, folder);
  for (const file of readdirSync(path).filter((name) => !leaveOut.includes(name))) {
    await container.getBlockBlobClient(`models/${version}/${file}`).uploadFile(join(path, file));
  }
  return azure.arm("PUT", `${WORKSPACE}/models/heart-classifier/versions/${version}`, modelBody(azure, version));
}

export function modelBody(azure: AzureIds, version: string): object {
  const datastore = `azureml:/${armIdOf(azure, GROUP)}/workspaces/heart/datastores/workspaceblobstore`;
  return { properties: { modelType: "mlflow_model", modelUri: `${datastore}/paths/models/${version}` } };
}

export function endpointBody(properties: object = {}): object {
  return { location: LOCATION, identity: { type: "SystemAssigned" }, properties: { authMode: "Key", ...properties } };
}

export function deploymentBody(azure: AzureIds, version: string, properties: object = {}): object {
  return {
    location: LOCATION,
    sku: { name: "Default", capacity: 1 },
    properties: {
      endpointComputeType: "Managed",
      instanceType: "Standard_DS3_v2",
      model: `${armIdOf(azure, WORKSPACE)}/models/heart-classifier/versions/${version}`,
      ...properties,
    },
  };
}

/**
 * Creates a workspace whose endpoint runs the committed models: `blue` version 1 with all the traffic, `green` version
 * 2.
 */
export async function createHeartEndpoint(azure: AzureClient, endpoint: object = {}): Promise<void> {
  await createWorkspace(azure);
  await registerModel(azure, "1", "blue");
  await registerModel(azure, "2", "green");
  await azure.operate("PUT", ENDPOINT, endpointBody(endpoint));
  await azure.operate("PUT", `${ENDPOINT}/deployments/blue`, deploymentBody(azure, "1"));
  await azure.operate("PUT", `${ENDPOINT}/deployments/green`, deploymentBody(azure, "2"));
  await azure.operate("PUT", ENDPOINT, endpointBody({ ...endpoint, traffic: { blue: 100 } }));
}
