import { isObject, objectAt, shown, textAt } from "../../common/json";
import { hasRole } from "../../authorization/roles";
import { OperationFailure } from "../../arm/operations";
import type { Resource, Store } from "../../arm/store";
import { modelVersionAt } from "../assets/records";
import { datastoreOf } from "../assets/modelFiles";

/** Built-in roles that let a principal read blobs. */
const MAY_READ = new Set([
  "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1", // Storage Blob Data Reader
  "ba92f5b4-2d11-453d-a403-e96b0029c9fe", // Storage Blob Data Contributor
  "b7e6dc6d-f1e8-4753-8033-0f276bb0955b", // Storage Blob Data Owner
]);
/** The datastores that a workspace comes with, both in its default storage account. */
const OWN = new Set(["workspaceblobstore", "workspaceartifactstore"]);

/**
 * Fails the deployment of a model that the identity of its endpoint may not read: one in a datastore that the workspace
 * did not come with, or one for whose storage account a user-assigned identity lacks the role. A system-assigned one is
 * given the role by the service ("how-to-access-resources-from-endpoints-managed-identities").
 *
 * @throws OperationFailure with the code of the troubleshooting guide; its text is assumed
 */
export function requireReadable(store: Store, deployment: Resource, endpoint: Resource | undefined): void {
  const version = modelVersionAt(store, shown(objectAt(deployment.document, "properties")["model"]));
  const datastore = datastoreOf(textAt(objectAt(version?.document, "properties"), "modelUri") ?? "", store);
  if (datastore === undefined) return;
  const name = shown(datastore.document["name"]);
  const workspace = store.get(datastore.id.split("/").slice(0, -2).join("/"));
  const account = shown(objectAt(workspace?.document, "properties")["storageAccount"]);
  const principals = principalsOf(endpoint);
  const isRead = principals === "given" || principals.some((each) => hasRole(store, account, each, MAY_READ));
  if (OWN.has(name) && isRead) return;
  throw new OperationFailure({
    code: "BadArgument",
    message: `Authorization error: the identity of the endpoint cannot download the model from the datastore '${name}'. It needs the role Storage Blob Data Reader on the default datastore of the workspace. Please see troubleshooting guide, available here: https://aka.ms/oe-tsg#error-badargument`,
  });
}

/** Principals of the user-assigned identities; `given` for a system-assigned one, whose roles the service assigns. */
function principalsOf(endpoint: Resource | undefined): "given" | readonly string[] {
  const identity = objectAt(endpoint?.document, "identity");
  if (shown(identity["type"]).startsWith("SystemAssigned")) return "given";
  return Object.values(objectAt(identity, "userAssignedIdentities"))
    .filter(isObject)
    .map(({ principalId }) => shown(principalId));
}
