import { notFound } from "./errors";
import type { ResourceHandler } from "./router";
import type { Services } from "./services";

/** The one subscription. */
export function subscription({ identity }: Services): ResourceHandler {
  const { subscriptionId, tenantId } = identity.credentials;
  const body = {
    id: `/subscriptions/${subscriptionId}`,
    subscriptionId,
    tenantId,
    displayName: "Local Azure ML",
    state: "Enabled",
    subscriptionPolicies: {
      locationPlacementId: "Public_2014-09-01",
      quotaId: "PayAsYouGo_2014-09-01",
      spendingLimit: "Off",
    },
    authorizationSource: "RoleBased",
  };
  return { get: () => ({ status: 200, body }) };
}

/** How the delete of a resource group is going: 202 until it is gone. */
export function groupOperation({ operations }: Services): ResourceHandler {
  return {
    get: ({ id }) => {
      const operation = operations.get(id.names.at(-1) ?? "");
      if (operation === undefined) throw notFound("NotFound", "The operation was not found.");
      return { status: operation.status === "running" ? 202 : 200 };
    },
  };
}

/** How a write or delete of a workspace is going: 202 until it ends, then the workspace or its error. */
export function workspaceOperation({ operations, store, url }: Services): ResourceHandler {
  return {
    get: (request) => {
      const operation = operations.get(request.id.names.at(-1) ?? "");
      if (operation === undefined) throw notFound("NotFound", "The operation was not found.");
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
