import { bool, optional } from "../arm/checks";
import { genericResource, withoutState } from "../arm/generic";
import type { ResourceHandler } from "../arm/resourceHandler";
import type { ArmServices } from "../arm/services";
import type { Resource } from "../arm/store";

const TYPE = "Microsoft.Storage/storageAccounts/blobServices";
const DEFAULTS = { deleteRetentionPolicy: { enabled: false } };

/** The blob service of a storage account, `default`: it comes and goes with the account. */
export function blobServices(services: ArmServices): ResourceHandler {
  const { get, list, put } = genericResource(services, {
    name: [/^default$/, "default"],
    checks: { "properties.isVersioningEnabled": optional(bool) },
    defaults: DEFAULTS,
    adds: withoutState,
  });
  return { ...(get && { get }), ...(list && { list }), ...(put && { put }) };
}

/** Makes the blob service of a new storage account. */
export function addBlobService({ store }: Pick<ArmServices, "store">, account: Resource): void {
  const id = `${account.id}/blobServices/default`;
  const document = { id, name: "default", type: TYPE, properties: DEFAULTS };
  store.put({ id, type: TYPE.toLowerCase(), document, hidden: {} });
}
