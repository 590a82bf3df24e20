import { randomBytes } from "node:crypto";
import { isObject, objectAt, textAt, shown } from "../common/json";
import type { Json } from "../common/json";
import { badRequest, conflict, resourceNotFound } from "../arm/errors";
import { genericResource } from "../arm/generic";
import type { NameRules } from "../arm/nameAvailability";
import type { ArmRequest, ResourceHandler } from "../arm/resourceHandler";
import type { StorageServices } from "./services";
import type { Resource } from "../arm/store";
import type { BlobService } from "../blob/blobService";
import { addBlobService } from "./blobServices";

export const STORAGE_ACCOUNT = "microsoft.storage/storageaccounts";

export const STORAGE_NAMES: NameRules = {
  type: "Microsoft.Storage/storageAccounts",
  pattern: /^[a-z0-9]{3,24}$/,
  allowed: "3 to 24 lower-case letters and digits",
  invalid: "AccountNameInvalid",
};

/** Storage accounts: two keys, a blob endpoint, containers. */
export function storageAccounts(services: StorageServices): ResourceHandler {
  const { store, blobs, clock } = services;
  const find = ({ id }: ArmRequest): Resource => {
    const account = store.get(id.text);
    if (account === undefined) throw resourceNotFound(id);
    return account;
  };
  const { pattern, allowed } = STORAGE_NAMES;
  return {
    ...genericResource(services, {
      name: [pattern, allowed],
      location: "regional",
      createdStatus: 200,
      taken: (name) => conflict("StorageAccountAlreadyTaken", `The storage account named ${name} is already taken.`),
      generates: () => ({ creationTime: clock.iso() }),
      adds: ({ id }) => ({
        primaryEndpoints: { blob: blobs.endpoint(id.names[0] ?? "") },
        statusOfPrimary: "available",
      }),
      written: (account, existing) => {
        account.document = completed(account.document);
        account.hidden = { keys: [newKey(), newKey()], ...account.hidden };
        openAccount(blobs, account);
        if (existing === undefined) addBlobService(services, account);
      },
      removed: (account) => closeAccount(blobs, account),
    }),
    actions: {
      listkeys: (request) => ({ status: 200, body: keyList(find(request)) }),
      regeneratekey: (request) => {
        const account = find(request);
        const index = ["key1", "key2"].indexOf(textAt(request.body, "keyName") ?? "");
        if (index < 0) throw badRequest("InvalidRequestContent", "keyName must be key1 or key2.");
        account.hidden = {
          ...account.hidden,
          keys: keysOf(account.hidden).map((key, at) => (at === index ? newKey() : key)),
        };
        openAccount(blobs, account);
        store.touch();
        return { status: 200, body: keyList(account) };
      },
    },
  };
}

function completed(document: Json): Json {
  const sku = objectAt(document, "sku");
  return {
    ...document,
    sku: { ...sku, tier: shown(sku["name"]).split("_")[0] },
    properties: { ...objectAt(document, "properties"), primaryLocation: document["location"] },
  };
}

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

function keyList({ hidden }: Resource): object {
  return {
    keys: keysOf(hidden).map((value, index) => ({ keyName: `key${index + 1}`, value, permissions: "Full" })),
  };
}

function nameOf({ document }: Resource): string {
  return String(document["name"]);
}

function newKey(): string {
  return randomBytes(64).toString("base64");
}
