import { randomUUID } from "node:crypto";
import { isObject, objectAt, textAt, shown } from "../../common/json";
import { requireLocation, requireProperties } from "../../arm/body";
import { badRequest, resourceNotFound } from "../../arm/errors";
import type { ArmRequest, ResourceHandler } from "../../arm/resourceHandler";
import type { MlServices } from "../shared/services";
import { listReply } from "../../lists/list";
import type { ListOptions } from "../../lists/list";
import { principal, systemData } from "../shared/documents";
import { refusals } from "../shared/refusals";
import { workspaceActions } from "./actions";
import { WORKSPACE } from "./records";
import { createDatastores } from "./datastores";

/** Assumed; Azure takes about half a minute. */
const CREATE_MS = 30_000;
const DELETE_MS = 20_000;
const NEEDS = ["storageAccount", "keyVault", "applicationInsights"] as const;
const NAME = /^[a-zA-Z0-9][-\w]{2,32}$/;

const LIST: ListOptions = {
  filters: { kind: (value) => (document) => value.split(",").includes(shown(document["kind"])) },
};

/** Azure ML workspaces: a PUT answers 202 and the resource follows; a deleted one keeps its name until it is purged. */
export function workspaces(services: MlServices): ResourceHandler {
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

function requireResources({ store }: MlServices, properties: Record<string, unknown>): void {
  const missing = NEEDS.filter((key) => store.get(shown(properties[key])) === undefined);
  if (missing.length === 0) return;
  const list = missing.map((key) => `${key} '${shown(properties[key])}'`).join(", ");
  throw badRequest("ValidationError", `The workspace needs resources that do not exist: ${list}.`);
}
