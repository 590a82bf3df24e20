import { randomBytes } from "node:crypto";
import { bool, optional } from "../arm/checks";
import { resourceNotFound } from "../arm/errors";
import { genericResource, withoutProvisioningState } from "../arm/generic";
import { segmentAfter } from "../arm/ids";
import type { ArmRequest, ResourceHandler } from "../arm/resourceHandler";
import type { ArmServices } from "../arm/services";
import type { Resource } from "../arm/store";
import { CONTAINER_NAME } from "../blob/containerRequests";
import { objectAt, textAt, toText } from "../common/json";
import type { Json } from "../common/json";
import {
  BLOB_CONTAINER,
  BLOB_CONTAINER_DEFAULTS,
  BLOB_SERVICE_DEFAULTS,
  STORAGE_ACCOUNT,
  STORAGE_NAMES,
  addBlobService,
  closeAccount,
  keysOf,
  openAccount,
} from "./records";
import { accountTaken, unknownKeyName } from "./refusals";
import type { StorageServices } from "./services";

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
      taken: (name) => accountTaken(name),
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
        if (index < 0) throw unknownKeyName();
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
    sku: { ...sku, tier: toText(sku["name"]).split("_")[0] },
    properties: { ...objectAt(document, "properties"), primaryLocation: document["location"] },
  };
}

function keyList({ hidden }: Resource): object {
  return {
    keys: keysOf(hidden).map((value, index) => ({ keyName: `key${index + 1}`, value, permissions: "Full" })),
  };
}

function newKey(): string {
  return randomBytes(64).toString("base64");
}

/** The blob service of a storage account, `default`: it comes and goes with the account. */
export function blobServices(services: ArmServices): ResourceHandler {
  const { get, list, put } = genericResource(services, {
    name: [/^default$/, "default"],
    checks: { "properties.isVersioningEnabled": optional(bool) },
    defaults: BLOB_SERVICE_DEFAULTS,
    adds: withoutProvisioningState,
  });
  return { ...(get && { get }), ...(list && { list }), ...(put && { put }) };
}

/** Blob containers, whether they were made here or through the blob endpoint. */
export function blobContainers(services: StorageServices): ResourceHandler {
  const { blobs, store } = services;
  blobs.watchContainers((account, name, exists) => {
    const isAccount = ({ type, document }: { readonly type: string; readonly document: Record<string, unknown> }) =>
      type === STORAGE_ACCOUNT && document["name"] === account;
    const owner = store.all().find(isAccount);
    const id = `${owner?.id ?? ""}/blobServices/default/containers/${name}`;
    if (!exists) store.remove(id);
    else if (owner !== undefined && store.get(id) === undefined) {
      store.put({
        id,
        type: BLOB_CONTAINER.toLowerCase(),
        document: { id, name, type: BLOB_CONTAINER, properties: BLOB_CONTAINER_DEFAULTS },
        hidden: {},
      });
    }
  });
  const place = (id: string): [string, string] => [
    segmentAfter(id, "storageAccounts") ?? "",
    id.split("/").at(-1) ?? "",
  ];
  return genericResource(services, {
    name: [CONTAINER_NAME, "3 to 63 lower-case letters, digits and single '-', a letter or digit at the ends"],
    defaults: BLOB_CONTAINER_DEFAULTS,
    adds: withoutProvisioningState,
    written: ({ id }) => blobs.createContainer(...place(id)),
    removed: ({ id }) => blobs.deleteContainer(...place(id)),
  });
}
