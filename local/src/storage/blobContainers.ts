import { genericResource, withoutState } from "../arm/generic";
import { nameAfter } from "../arm/ids";
import type { ResourceHandler } from "../arm/resourceHandler";
import type { StorageServices } from "./services";
import { CONTAINER_NAME } from "../blob/containerRequests";
import { STORAGE_ACCOUNT } from "./storageAccounts";

const TYPE = "Microsoft.Storage/storageAccounts/blobServices/containers";
const DEFAULTS = { publicAccess: "None", hasImmutabilityPolicy: false, hasLegalHold: false };

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
      store.put({ id, type: TYPE.toLowerCase(), document: { id, name, type: TYPE, properties: DEFAULTS }, hidden: {} });
    }
  });
  const place = (id: string): [string, string] => [nameAfter(id, "storageAccounts") ?? "", id.split("/").at(-1) ?? ""];
  return genericResource(services, {
    name: [CONTAINER_NAME, "3 to 63 lower-case letters, digits and single '-', a letter or digit at the ends"],
    defaults: DEFAULTS,
    adds: withoutState,
    written: ({ id }) => blobs.createContainer(...place(id)),
    removed: ({ id }) => blobs.deleteContainer(...place(id)),
  });
}
