import type { Resource, Store } from "../../arm/store";
import { toText } from "../../common/json";
import { keysOf } from "../../storage/records";
import { WORKSPACE } from "../shared/records";
import type { MlServices } from "../shared/services";

export const DATASTORE = `${WORKSPACE}/datastores`;
export const DATASTORE_URI =
  /^azureml:\/(\/subscriptions\/[^/]+\/resourceGroups\/[^/]+)(\/workspaces\/[^/]+\/datastores\/[^/]+)\/paths\/(.+)$/i;

/** Creates a workspace's artifact container and default datastore. */
export function createDatastores(
  services: MlServices,
  workspace: string,
  guid: string,
  given: Record<string, unknown>,
): void {
  const storageId = String(given["storageAccount"]);
  const isByIdentity = toText(given["systemDatastoresAuthMode"]).toLowerCase() === "identity";
  const accountName = storageId.split("/").at(-1) ?? "";
  const secrets = isByIdentity
    ? undefined
    : { secretsType: "AccountKey", key: keysOf(services.store.get(storageId)?.hidden)[0] ?? null };
  const stores: readonly [string, string, boolean][] = [
    ["workspaceblobstore", `azureml-blobstore-${guid}`, true],
    ["workspaceartifactstore", "azureml", false],
  ];
  for (const [name, containerName, isDefault] of stores) {
    services.blobs.createContainer(accountName, containerName);
    const id = `${workspace}/datastores/${name}`;
    const properties = {
      datastoreType: "AzureBlob",
      accountName,
      containerName,
      endpoint: "core.windows.net",
      protocol: "https",
      isDefault,
      credentials: isByIdentity
        ? { credentialsType: "None" }
        : { credentialsType: "AccountKey", secrets: { secretsType: "AccountKey" } },
      ...(isByIdentity && { serviceDataAccessAuthIdentity: "WorkspaceSystemAssignedIdentity" }),
    };
    const type = "Microsoft.MachineLearningServices/workspaces/datastores";
    services.store.put({ id, type: DATASTORE, document: { id, name, type, properties }, hidden: { secrets } });
  }
}

/** The datastore that a long-form `azureml://` URI names. */
export function datastoreOf(uri: string, store: Pick<Store, "get">): Resource | undefined {
  const [, group = "", place = ""] = DATASTORE_URI.exec(uri) ?? [];
  return store.get(`${group}/providers/Microsoft.MachineLearningServices${place}`);
}
