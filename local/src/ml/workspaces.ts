import { randomUUID } from "node:crypto";
import { isObject, objectAt, requireLocation, requireProperties, textAt, shown } from "../arm/body";
import { badRequest } from "../arm/errors";
import { resourceNotFound } from "../arm/router";
import type { ArmRequest, ResourceHandler } from "../arm/resourceHandler";
import type { Services } from "../arm/services";
import { keysOf } from "../storage/storageAccounts";
import { listReply } from "../lists/list";
import type { ListOptions } from "../lists/list";
import { principal, systemData } from "./documents";
import { refusals } from "./refusals";
import { workspaceActions } from "./workspaceActions";

/** Assumed; Azure takes about half a minute. */
const CREATE_MS = 30_000;
const DELETE_MS = 20_000;
const NEEDS = ["storageAccount", "keyVault", "applicationInsights"] as const;
const NAME = /^[a-zA-Z0-9][-\w]{2,32}$/;

const LIST: ListOptions = {
  filters: { kind: (value) => (document) => value.split(",").includes(shown(document["kind"])) },
};

/** Azure ML workspaces: a PUT answers 202 and the resource follows; a deleted one keeps its name until it is purged. */
export function workspaces(services: Services): ResourceHandler {
  const { store, operations, url, serving, clock } = services;
  const softDeleted = new Set<string>();
  const accepted = (request: ArmRequest, operationId: string) => ({
    status: 202,
    headers: {
      location: `${url}/subscriptions/${request.id.subscriptionId}/providers/Microsoft.MachineLearningServices/locations/local/workspaceOperationsStatus/${operationId}?api-version=${request.apiVersion}`,
      "retry-after": "1",
    },
  });
  return {
    get: ({ id }) => {
      const workspace = store.get(id.text);
      if (workspace === undefined) throw resourceNotFound(id);
      return { status: 200, body: workspace.document };
    },
    list: (request) => {
      const documents = store.list(WORKSPACE, request.id.text).map((workspace) => workspace.document);
      return listReply(url, request, documents, LIST);
    },
    put: (request) => {
      const { id } = request;
      const name = id.names[0] ?? "";
      if (!NAME.test(name)) throw badRequest("InvalidResourceName", `'${name}' is not a valid workspace name.`);
      if (softDeleted.has(id.text.toLowerCase())) throw refusals.softDeleted();
      const location = requireLocation(request.body);
      const properties = requireProperties(request.body, NEEDS);
      requireResources(services, properties);
      const existing = store.get(id.text);
      const identity = principal(services, request.body, existing?.document);
      const workspaceId = textAt(objectAt(existing?.document, "properties"), "workspaceId") ?? randomUUID();
      const document = (provisioningState: string) => ({
        id: existing?.id ?? id.text,
        name,
        type: "Microsoft.MachineLearningServices/workspaces",
        location,
        tags: objectAt(request.body, "tags"),
        kind: textAt(request.body, "kind") ?? "Default",
        sku:
          isObject(request.body) && isObject(request.body["sku"])
            ? request.body["sku"]
            : { name: "Basic", tier: "Basic" },
        identity,
        systemData: systemData(clock, existing?.document),
        properties: {
          publicNetworkAccess: "Enabled",
          friendlyName: name,
          ...properties,
          workspaceId,
          provisioningState,
        },
      });
      store.put({
        id: document("").id,
        type: WORKSPACE,
        document: document("Creating"),
        hidden: existing?.hidden ?? {},
      });
      const complete = () => {
        store.put({ id: document("").id, type: WORKSPACE, document: document("Succeeded"), hidden: {} });
        if (existing === undefined) createDatastores(services, id.text, workspaceId, properties);
      };
      const operation = operations.start(
        { resourceId: id.text, running: "InProgress", durationMs: CREATE_MS, complete },
        id.text,
      );
      return accepted(request, operation.id);
    },
    patch: ({ id, body }) => {
      const workspace = store.get(id.text);
      if (workspace === undefined) throw resourceNotFound(id);
      const properties = { ...objectAt(workspace.document, "properties"), ...objectAt(body, "properties") };
      workspace.document = { ...workspace.document, ...(isObject(body) && body), properties };
      store.touch();
      return { status: 200, body: workspace.document };
    },
    delete: (request) => {
      const { id, query } = request;
      const purges = query.get("forceToPurge") === "true";
      if (store.get(id.text) === undefined) {
        if (purges) softDeleted.delete(id.text.toLowerCase());
        return { status: 204 };
      }
      const complete = () => {
        serving.forget(store.remove(id.text));
        if (!purges) softDeleted.add(id.text.toLowerCase());
      };
      const operation = operations.start(
        { resourceId: id.text, running: "InProgress", durationMs: DELETE_MS, complete },
        id.text,
      );
      return accepted(request, operation.id);
    },
    actions: workspaceActions(services),
  };
}

export const WORKSPACE = "microsoft.machinelearningservices/workspaces";
export const DATASTORE = `${WORKSPACE}/datastores`;

function requireResources({ store }: Services, properties: Record<string, unknown>): void {
  const missing = NEEDS.filter((key) => store.get(shown(properties[key])) === undefined);
  if (missing.length === 0) return;
  const list = missing.map((key) => `${key} '${shown(properties[key])}'`).join(", ");
  throw badRequest("ValidationError", `The workspace needs resources that do not exist: ${list}.`);
}

/** A workspace comes with a container for its artifacts and a default datastore. */
function createDatastores(services: Services, workspace: string, guid: string, given: Record<string, unknown>): void {
  const storageId = String(given["storageAccount"]);
  const isByIdentity = shown(given["systemDatastoresAuthMode"]).toLowerCase() === "identity";
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
