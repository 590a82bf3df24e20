import type { NameRules } from "../arm/names";
import type { ArmServices } from "../arm/services";
import type { Resource } from "../arm/store";
import type { BlobService } from "../blob/blobService";
import { isObject, objectAt } from "../common/json";

export const STORAGE_ACCOUNT = "microsoft.storage/storageaccounts";

export const STORAGE_NAMES: NameRules = {
  type: "Microsoft.Storage/storageAccounts",
  pattern: /^[a-z0-9]{3,24}$/,
  allowed: "3 to 24 lower-case letters and digits",
  invalid: "AccountNameInvalid",
};
const BLOB_SERVICE = "Microsoft.Storage/storageAccounts/blobServices";
export const BLOB_SERVICE_DEFAULTS = { deleteRetentionPolicy: { enabled: false } };
export const BLOB_CONTAINER = "Microsoft.Storage/storageAccounts/blobServices/containers";
export const BLOB_CONTAINER_DEFAULTS = { publicAccess: "None", hasImmutabilityPolicy: false, hasLegalHold: false };

/** Lets the blobs of an account be reached with what the account allows. */
export function openAccount(blobs: BlobService, account: Resource): void {
  const isKeyAllowed = objectAt(account.document, "properties")["allowSharedKeyAccess"] !== false;
  blobs.addAccount(nameOf(account), { keys: keysOf(account.hidden), isKeyAllowed });
}

/** Removes the blobs of an account. */
export function closeAccount(blobs: BlobService, account: Resource): void {
  blobs.removeAccount(nameOf(account));
}

export function keysOf(hidden: unknown): readonly string[] {
  const keys = isObject(hidden) ? hidden["keys"] : undefined;
  return Array.isArray(keys) ? keys.map(String) : [];
}

function nameOf({ document }: Resource): string {
  return String(document["name"]);
}

/** Makes the blob service of a new storage account. */
export function addBlobService({ store }: Pick<ArmServices, "store">, account: Resource): void {
  const id = `${account.id}/blobServices/default`;
  const document = { id, name: "default", type: BLOB_SERVICE, properties: BLOB_SERVICE_DEFAULTS };
  store.put({ id, type: BLOB_SERVICE.toLowerCase(), document, hidden: {} });
}
