import { randomBytes } from "node:crypto";
import { isObject, requireLocation } from "../arm/body";
import { genericResource } from "../arm/generic";
import { resourceNotFound } from "../arm/router";
import type { ArmRequest, ResourceHandler } from "../arm/router";
import type { Services } from "../arm/services";

export const STORAGE_ACCOUNT = "microsoft.storage/storageaccounts";

/** Storage accounts: two keys, a blob endpoint, containers. */
export function storageAccounts(services: Services): ResourceHandler {
  const { store, blobs } = services;
  const nameOf = ({ id }: ArmRequest): string => id.names[0] ?? "";
  return {
    ...genericResource(services, {
      name: /^[a-z0-9]{3,24}$/,
      createdStatus: 200,
      requires: (body) => ["sku", "kind"].filter((key) => body[key] === undefined),
      adds: (request) => ({
        primaryEndpoints: { blob: blobs.endpoint(nameOf(request)) },
        primaryLocation: requireLocation(request.body),
        statusOfPrimary: "available",
      }),
      created: (request, id) => {
        const keys = [randomBytes(64).toString("base64"), randomBytes(64).toString("base64")];
        const account = store.get(id);
        if (account !== undefined) account.hidden = { keys };
        blobs.addAccount(nameOf(request), keys);
      },
      removed: (request) => blobs.removeAccount(nameOf(request)),
    }),
    actions: {
      listkeys: ({ id }) => {
        const account = store.get(id.text);
        if (account === undefined) throw resourceNotFound(id);
        const keys = keysOf(account.hidden);
        return {
          status: 200,
          body: { keys: keys.map((value, index) => ({ keyName: `key${index + 1}`, value, permissions: "Full" })) },
        };
      },
    },
  };
}

/** Blob containers; their service, `blobServices/default`, is always there. */
export function blobContainers(services: Services): ResourceHandler {
  const { blobs } = services;
  const place = ({ id }: ArmRequest): [string, string] => [id.names[0] ?? "", id.names.at(-1) ?? ""];
  return genericResource(services, {
    name: /^[a-z0-9](-?[a-z0-9]){2,62}$/,
    adds: () => ({
      provisioningState: undefined,
      publicAccess: "None",
      hasImmutabilityPolicy: false,
      hasLegalHold: false,
    }),
    created: (request) => void blobs.createContainer(...place(request)),
    removed: (request) => blobs.deleteContainer(...place(request)),
  });
}

export function keysOf(hidden: unknown): readonly string[] {
  const keys = isObject(hidden) ? hidden["keys"] : undefined;
  return Array.isArray(keys) ? keys.map(String) : [];
}
