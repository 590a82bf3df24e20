import { randomUUID } from "node:crypto";
import { oneOf, optional, requireProperties, textOf } from "../../arm/checks";
import { operationNotFound, resourceNotFound } from "../../arm/errors";
import { genericResource, withoutProvisioningState } from "../../arm/generic";
import type { ResourceRules } from "../../arm/generic";
import { requireLocation } from "../../arm/locations";
import type { ArmRequest, RequestHandler, ResourceHandler } from "../../arm/resourceHandler";
import { isObject, objectAt, textAt, toText } from "../../common/json";
import { listReply } from "../../lists/list";
import type { ListOptions } from "../../lists/list";
import { keysOf } from "../../storage/records";
import { createDatastores } from "../datastores/records";
import { WORKSPACE, identityAfterWrite } from "../shared/records";
import type { MlServices } from "../shared/services";
import { workspaceDocument } from "./records";
import {
  NEEDED_RESOURCES,
  checkOutboundRule,
  invalidWorkspaceName,
  requireResources,
  softDeletedWorkspace,
  unknownDeleteAction,
} from "./refusals";

/** Assumed; Azure takes about half a minute. */
const CREATE_MS = 30_000;
const DELETE_MS = 20_000;
const NAME = /^[a-zA-Z0-9][-\w]{2,32}$/;

const LIST: ListOptions = {
  filters: { kind: (value) => (document) => value.split(",").includes(toText(document["kind"])) },
};
const CLUSTER =
  /\/providers\/(Microsoft\.ContainerService\/managedClusters|Microsoft\.Kubernetes\/connectedClusters)\/[^/]+$/i;
const ACTIONS = ["Delete", "Detach"];

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
      if (!NAME.test(name)) throw invalidWorkspaceName(name);
      if (softDeleted.has(id.text.toLowerCase())) throw softDeletedWorkspace();
      const location = requireLocation(request.body);
      const properties = requireProperties(request.body, NEEDED_RESOURCES);
      requireResources(services, properties);
      const existing = store.get(id.text);
      const identity = identityAfterWrite(services, request.body, existing?.document);
      const workspaceId = textAt(objectAt(existing?.document, "properties"), "workspaceId") ?? randomUUID();
      const content = { location, identity, workspaceId, properties };
      const document = (state: string) => workspaceDocument(clock, request, existing, content, state);
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

/** What a workspace is asked about its own parts. Nothing is ever found to be wrong with one. */
function workspaceActions({ store }: MlServices): Readonly<Record<string, RequestHandler>> {
  const partsOf = ({ id }: ArmRequest) => {
    const workspace = store.get(id.text);
    if (workspace === undefined) throw resourceNotFound(id);
    const { storageAccount, applicationInsights } = objectAt(workspace.document, "properties");
    const [storage, insights] = [store.get(toText(storageAccount)), store.get(toText(applicationInsights))];
    return {
      userStorageKey: keysOf(storage?.hidden)[0] ?? null,
      userStorageResourceId: storageAccount,
      appInsightsInstrumentationKey: objectAt(insights?.document, "properties")["InstrumentationKey"] ?? null,
    };
  };
  return {
    listkeys: (request) => ({ status: 200, body: partsOf(request) }),
    liststorageaccountkeys: (request) => ({ status: 200, body: { userStorageKey: partsOf(request).userStorageKey } }),
    diagnose: (request) => {
      partsOf(request);
      return { status: 200, body: { value: {} } };
    },
  };
}

/** How a write or delete of a workspace is going: 202 until it ends, then the workspace or its error. */
export function workspaceOperation({ operations, store, url }: MlServices): ResourceHandler {
  return {
    get: (request) => {
      const operation = operations.get(request.id.names.at(-1) ?? "");
      if (operation === undefined) throw operationNotFound();
      if (operation.status === "running") {
        const location = `${url}${request.id.text}?api-version=${request.apiVersion}`;
        return { status: 202, headers: { location, "retry-after": "1" } };
      }
      if (operation.error !== undefined) return { status: 400, body: { error: operation.error } };
      const workspace = store.get(operation.resourceId);
      return workspace === undefined ? { status: 200 } : { status: 200, body: workspace.document };
    },
  };
}

/** Attached Kubernetes clusters, the only computes that endpoints run on; no cluster is looked for. */
export function computes(services: MlServices): ResourceHandler {
  const { clock } = services;
  const handler = genericResource(services, {
    name: [/^[a-zA-Z][-a-zA-Z0-9]{0,14}[a-zA-Z0-9]$/, "2 to 16 letters, digits and '-', a letter first"],
    location: "regional",
    checks: {
      "properties.computeType": oneOf("Kubernetes"),
      "properties.resourceId": textOf(CLUSTER, "the id of an AKS or Arc-enabled Kubernetes cluster"),
    },
    generates: () => ({ createdOn: clock.iso() }),
    adds: () => ({ isAttachedCompute: true, modifiedOn: clock.iso(), provisioningErrors: null }),
  });
  return {
    ...handler,
    delete: (request) => {
      const action = request.query.get("underlyingResourceAction");
      if (action === null || !ACTIONS.includes(action)) throw unknownDeleteAction(ACTIONS);
      return handler.delete?.(request) ?? { status: 204 };
    },
  };
}

/** Rules of a workspace's managed network for what its computes may reach */
export function outboundRules({ store }: Pick<MlServices, "store">): ResourceRules {
  return {
    name: [/^[a-zA-Z0-9][-\w]{0,79}$/, "1 to 80 letters, digits, '-' and '_', a letter or digit first"],
    createdStatus: 200,
    checks: {
      "properties.type": oneOf("FQDN", "PrivateEndpoint", "ServiceTag"),
      "properties.category": optional(oneOf("Required", "Recommended", "UserDefined", "Dependency")),
    },
    refuse: ({ id }, body) => checkOutboundRule(store, id, body),
    defaults: { category: "UserDefined" },
    adds: () => ({ ...withoutProvisioningState(), status: "Active" }),
  };
}
