import { readdirSync } from "node:fs";
import { join } from "node:path";
import { BlobServiceClient, StorageSharedKeyCredential } from "@azure/storage-blob";
import type { ContainerClient } from "@azure/storage-blob";
import { textAt } from "../../driver/azureClient";
import type { EndpointClient } from "./endpointClient";
import { MODELS } from "../../driver/paths";

const STORAGE_VERSION = "2023-05-01";

interface Folder {
  readonly container: ContainerClient;
  /** Prefix of its blob names. */
  readonly prefix: string;
  readonly uri: string;
}

/** Uploads the folder of one of the example's models and registers it as a version. */
export async function registerModel(client: EndpointClient, version: string, model: string): Promise<void> {
  const { container, prefix, uri } = await folderOf(client);
  const path = join(MODELS, model);
  for (const file of readdirSync(path)) {
    await container.getBlockBlobClient(`${prefix}${model}/${file}`).uploadFile(join(path, file));
  }
  const properties = { modelType: "mlflow_model", modelUri: `${uri}${model}` };
  await client.succeed("PUT", client.modelVersion(version), { properties });
}

/** Deletes what `registerModel` uploaded. */
export async function deleteUploads(client: EndpointClient): Promise<void> {
  const { container, prefix } = await folderOf(client);
  const names: string[] = [];
  for await (const { name } of container.listBlobsFlat({ prefix })) names.push(name);
  for (const name of names) await container.deleteBlob(name);
}

/** A folder in the workspace's default datastore, accessed with the datastore's key. */
async function folderOf(client: EndpointClient): Promise<Folder> {
  const { workspace, blobOptions } = client.connection;
  const { body: stores } = await client.read(`${workspace}/datastores?isDefault=true`);
  const datastore = `${workspace}/datastores/${textAt(stores, "value.0.name")}`;
  const secrets = await client.arm("POST", `${datastore}/listSecrets`);
  const { body: owner } = await client.read(workspace);
  const storage = `${textAt(owner, "properties.storageAccount")}?api-version=${STORAGE_VERSION}`;
  const { body: account } = await client.read(storage);
  const credential = new StorageSharedKeyCredential(textAt(account, "name"), textAt(secrets.body, "key"));
  const url = textAt(account, "properties.primaryEndpoints.blob").replace(/\/$/, "");
  const service = new BlobServiceClient(url, credential, blobOptions);
  return {
    container: service.getContainerClient(textAt(stores, "value.0.properties.containerName")),
    prefix: `${client.name}/`,
    uri: `azureml:/${datastore.replace("/providers/Microsoft.MachineLearningServices", "")}/paths/${client.name}/`,
  };
}
