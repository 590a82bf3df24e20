import { getClientToken } from "@pulumi/azure-native/authorization/getClientToken";
import { getDatastore } from "@pulumi/azure-native/machinelearningservices/getDatastore";
import { getStorageAccount } from "@pulumi/azure-native/storage/getStorageAccount";
import { listStorageAccountKeys } from "@pulumi/azure-native/storage/listStorageAccountKeys";
import type * as pulumi from "@pulumi/pulumi";
import type { ModelStore } from "../models/modelStore";
import { segmentOf } from "./ids";
import { armReader } from "./armReader";
import { isNotFound, reasonOf } from "./readEndpoint";
import { at } from "../values/shape";
import { API_QUERY } from "./apiVersion";

/** Where a workspace is. */
export interface WorkspacePath {
  readonly resourceGroupName: string;
  readonly workspaceName: string;
}

/** The default datastore of a new workspace. Source: Azure ML, "Use datastores". */
export const USUAL_DEFAULT = "workspaceblobstore";
/**
 * Token audience for blobs, in every cloud. Source: Azure Storage, "Authorize access to blobs using Microsoft Entra
 * ID".
 */
const STORAGE_AUDIENCE = "https://storage.azure.com/";
/** Kinds of datastore that the blob service serves, with the property that names the container. */
const CONTAINER_IN: Readonly<Record<string, string>> = { AzureBlob: "containerName", AzureDataLakeGen2: "filesystem" };

/** What is needed of a datastore to reach its files. */
interface Datastore {
  readonly name: string;
  readonly properties: unknown;
}

/** Finds where the datastores of one workspace keep their files; each is looked up once. */
export class ModelStores {
  private readonly reads = new Map<string, Promise<ModelStore>>();
  private defaultRead: Promise<Datastore> | undefined;

  /** @param storageAccountId - ARM id of the workspace's storage account */
  constructor(
    private readonly component: pulumi.ComponentResource,
    private readonly workspace: WorkspacePath,
    private readonly storageAccountId: string,
  ) {}

  /** Name of the datastore that Azure's own tools upload to, and that endpoints may read. @throws Error when it cannot be read */
  async defaultName(): Promise<string> {
    return (await this.default()).name;
  }

  /** @throws Error when a datastore or its account cannot be read, or holds no blobs */
  store(name: string): Promise<ModelStore> {
    const read = this.reads.get(name) ?? this.readStore(name);
    this.reads.set(name, read);
    return read;
  }

  private default(): Promise<Datastore> {
    this.defaultRead ??= this.readDefault();
    return this.defaultRead;
  }

  private async readDefault(): Promise<Datastore> {
    const usual = await this.read(USUAL_DEFAULT).catch((error: unknown) => {
      if (isNotFound(error)) return undefined;
      throw failed(
        `the datastore ${USUAL_DEFAULT}`,
        "Microsoft.MachineLearningServices/workspaces/datastores/read",
        error,
      );
    });
    if (at(usual?.properties, ["isDefault"]) === true && usual !== undefined) return usual;
    const { resourceGroupName, workspaceName } = this.workspace;
    const workspace = `resourceGroups/${resourceGroupName}/providers/Microsoft.MachineLearningServices/workspaces/${workspaceName}`;
    const reader = await armReader(this.component);
    const [found] = await reader.list(`${workspace}/datastores?isDefault=true&${API_QUERY}`);
    const name = at(found, ["name"]);
    if (typeof name !== "string") {
      throw new Error(`workspace ${workspaceName} has no default datastore; make a blob datastore the default`);
    }
    return { name, properties: at(found, ["properties"]) };
  }

  private async readStore(name: string): Promise<ModelStore> {
    const known = await this.defaultRead?.catch(() => undefined);
    const { properties } = known?.name === name ? known : await this.readNamed(name);
    const datastoreType = at(properties, ["datastoreType"]);
    const container = at(properties, [CONTAINER_IN[String(datastoreType)] ?? ""]);
    const accountName = at(properties, ["accountName"]);
    if (typeof container !== "string" || typeof accountName !== "string") {
      throw new Error(
        `the datastore ${name} is of type ${String(datastoreType)}, which holds no model folders; make a blob datastore the default, or give a uri`,
      );
    }
    const group = at(properties, ["resourceGroup"]);
    const resourceGroupName =
      typeof group === "string" && group !== "" ? group : segmentOf(this.storageAccountId, "resourceGroups");
    const account = { resourceGroupName, accountName };
    const options = { parent: this.component };
    const { allowSharedKeyAccess, primaryEndpoints } = await getStorageAccount(account, options).catch(
      (error: unknown) => {
        throw failed(`the storage account ${accountName}`, "Microsoft.Storage/storageAccounts/read", error);
      },
    );
    const auth =
      allowSharedKeyAccess === false
        ? { token: async () => (await getClientToken({ endpoint: STORAGE_AUDIENCE }, options)).token }
        : { key: await this.readKey(account) };
    return {
      datastoreName: name,
      blobEndpoint: primaryEndpoints.blob,
      containerName: container,
      auth,
    };
  }

  private async readNamed(name: string): Promise<Datastore> {
    return this.read(name).catch((error: unknown) => {
      throw failed(`the datastore ${name}`, "Microsoft.MachineLearningServices/workspaces/datastores/read", error);
    });
  }

  private async read(name: string): Promise<Datastore> {
    const { properties } = await getDatastore({ ...this.workspace, name }, { parent: this.component });
    return { name, properties };
  }

  private async readKey(account: { resourceGroupName: string; accountName: string }): Promise<string> {
    const answer = await listStorageAccountKeys(account, { parent: this.component }).catch((error: unknown) => {
      throw failed(
        `the keys of the storage account ${account.accountName}`,
        "Microsoft.Storage/storageAccounts/listKeys/action",
        error,
      );
    });
    const [key] = answer.keys;
    if (key === undefined) throw new Error(`the storage account ${account.accountName} has no key`);
    return key.value;
  }
}

/** What could not be read, and the permission needed to read it. */
function failed(what: string, permission: string, error: unknown): Error {
  const reason = isNotFound(error) ? "Azure has none" : `${reasonOf(error)}; it needs the permission ${permission}`;
  return new Error(`cannot read ${what}: ${reason}`, { cause: error });
}
