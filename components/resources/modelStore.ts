import { resolve } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { Datastore } from "@pulumi/azure-native/machinelearningservices/datastore";
import { Blob } from "@pulumi/azure-native/storage/blob";
import { BlobContainer } from "@pulumi/azure-native/storage/blobContainer";
import type { RolloutHooks } from "../live/hooks";
import { segmentOf } from "../live/path";
import { readModelFolder } from "./modelFolder";
import type { ModelFile } from "./modelFolder";
import { workspaceUri } from "./modelUri";
import type { Scope, WorkspaceRef } from "./scope";

export interface ModelUpload {
  /** Long-form `azureml://` URI of the folder; ARM is not known to accept the short form. */
  readonly uri: pulumi.Output<string>;
  readonly blobs: readonly Blob[];
}

/** A blob container and datastore of the component's own, for model folders. */
export interface ModelStore {
  /** Declares the upload of a folder, once for the same content. */
  upload(folder: string): ModelUpload;
}

/** Declared rather than borrowed: the workspace's own container is no resource of the stack and cannot be previewed. */
export function declareModelStore(scope: Scope, workspace: WorkspaceRef, hooks: RolloutHooks): ModelStore {
  const { name, placed, suffix } = scope;
  const account = {
    resourceGroupName: workspace.storageAccountId.apply((id) => segmentOf(id, "resourceGroups")),
    accountName: workspace.storageAccountId.apply((id) => segmentOf(id, "storageAccounts")),
  };
  const uploading = {
    ...placed,
    retainOnDelete: true,
    hooks: { beforeCreate: [hooks.beforeUpload], beforeUpdate: [hooks.beforeUpload] },
  };
  const container = new BlobContainer(
    `${name}-models`,
    { ...account, containerName: pulumi.interpolate`mlflow-models-${suffix()}` },
    uploading,
  );
  const datastore = new Datastore(
    `${name}-datastore`,
    {
      resourceGroupName: workspace.resourceGroupName,
      workspaceName: workspace.name,
      name: pulumi.interpolate`mlflow_models_${suffix()}`,
      properties: {
        datastoreType: "AzureBlob",
        accountName: account.accountName,
        containerName: container.name,
        credentials: { credentialsType: "None" },
        serviceDataAccessAuthIdentity: workspace.datastoreIdentity,
      },
    },
    { ...placed, retainOnDelete: true },
  );
  const uploads = new Map<string, ModelUpload>();
  return {
    upload: (folder) => {
      const { files, contentName } = readModelFolder(folder);
      const prefix = `${scope.args.model.name}/${contentName}`;
      const declareBlob = ({ path, source }: ModelFile): Blob =>
        new Blob(
          `${name}-models-${contentName}-${path}`,
          {
            ...account,
            containerName: container.name,
            blobName: `${prefix}/${path}`,
            type: "Block",
            source: new pulumi.asset.FileAsset(resolve(source)),
          },
          uploading,
        );
      const upload = uploads.get(contentName) ?? {
        uri: pulumi.interpolate`${workspace.id.apply(workspaceUri)}/datastores/${datastore.name}/paths/${prefix}/`,
        blobs: files.map(declareBlob),
      };
      uploads.set(contentName, upload);
      return upload;
    },
  };
}
