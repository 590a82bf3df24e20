import { objectAt } from "../common/json";
import { conflict } from "./errors";
import type { Resource } from "./store";

const TERMINAL = new Set<unknown>([undefined, "Succeeded", "Failed", "Canceled"]);

/** The resource after a failed operation: in a transitional state it becomes Failed, otherwise it stays as it is. */
export function failedResource(resource: Resource): Resource {
  const properties = objectAt(resource.document, "properties");
  if (TERMINAL.has(properties["provisioningState"])) return resource;
  return {
    ...resource,
    document: { ...resource.document, properties: { ...properties, provisioningState: "Failed" } },
  };
}

/** Refuses a write to a group that is being deleted, or in one. */
export function requireNotDeleting({ document }: Resource): void {
  if (objectAt(document, "properties")["provisioningState"] !== "Deleting") return;
  throw conflict(
    "ResourceGroupBeingDeleted",
    `The resource group '${String(document["name"])}' is in deprovisioning state and cannot perform this operation.`,
  );
}

export function setProvisioningState(resource: Resource, provisioningState: string): void {
  resource.document = {
    ...resource.document,
    properties: { ...objectAt(resource.document, "properties"), provisioningState },
  };
}
