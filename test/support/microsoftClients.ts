import { readFileSync } from "node:fs";
import { AzureMachineLearningWorkspaces } from "@azure/arm-machinelearning";
import { ResourceManagementClient } from "@azure/arm-resources";
import { ClientSecretCredential } from "@azure/identity";
import { BlobServiceClient, StorageSharedKeyCredential } from "@azure/storage-blob";
import type { LocalAzure } from "azure-mlflow-rollout-local";

/** Microsoft's own clients, pointed at a local Azure by their public options and nothing else. */
export interface MicrosoftClients {
  readonly resources: ResourceManagementClient;
  readonly ml: AzureMachineLearningWorkspaces;
  blobs(account: string, key: string): BlobServiceClient;
}

/** @param mlVersion API version of Azure ML; undefined for the client's own */
export function microsoftClients(azure: LocalAzure, mlVersion?: string): MicrosoftClients {
  const { url, tenantId, clientId, clientSecret, subscriptionId } = azure;
  const tlsOptions = { ca: readFileSync(azure.ca) };
  const authority = { authorityHost: url, disableInstanceDiscovery: true, tlsOptions };
  const credential = new ClientSecretCredential(tenantId, clientId, clientSecret, authority);
  const options = { endpoint: url, credentialScopes: `${url}/.default`, tlsOptions };
  return {
    resources: new ResourceManagementClient(credential, subscriptionId, options),
    ml: new AzureMachineLearningWorkspaces(credential, subscriptionId, {
      ...options,
      ...(mlVersion !== undefined && { apiVersion: mlVersion }),
    }),
    blobs: (account, key) => {
      // The pipeline below the client takes `tlsOptions`; the client's own type does not name them.
      const blobOptions = { tlsOptions, retryOptions: { maxTries: 1 } };
      return new BlobServiceClient(`${url}/blob/${account}`, new StorageSharedKeyCredential(account, key), blobOptions);
    },
  };
}
