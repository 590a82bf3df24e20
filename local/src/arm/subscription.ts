import { badRequest, notFound } from "./errors";
import { LOCATIONS } from "./locations";
import type { ResourceHandler } from "./resourceHandler";
import type { Services } from "./services";

const BY_TYPE = /^\s*resourceType\s+eq\s+'([^']+)'\s*$/i;
/** `/subscriptions/{s}/resourceGroups/{g}/providers/{namespace}/{type}/{name}` */
const TOP_LEVEL_SEGMENTS = 9;

/** The one subscription. */
export function subscriptions({ identity }: Pick<Services, "identity">): ResourceHandler {
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
  return { get: () => ({ status: 200, body }), list: () => ({ status: 200, body: { value: [body] } }) };
}

/** The one tenant. */
export function tenants({ identity }: Pick<Services, "identity">): ResourceHandler {
  const { tenantId } = identity.credentials;
  const tenant = { id: `/tenants/${tenantId}`, tenantId, displayName: "Local Azure ML", tenantCategory: "Home" };
  return { list: () => ({ status: 200, body: { value: [tenant] } }) };
}

/** Where resources may be. */
export function locations(): ResourceHandler {
  return {
    list: ({ id }) => {
      const value = LOCATIONS.map(([name, displayName]) => ({
        id: `${id.text}/locations/${name}`,
        ...{ name, displayName, regionalDisplayName: displayName },
        type: "Region",
        metadata: { regionType: "Physical" },
      }));
      return { status: 200, body: { value } };
    },
  };
}

/** What is in the subscription or in a group, without what is nested in it. */
export function resources({ store }: Pick<Services, "store">): ResourceHandler {
  return {
    list: ({ id, query }) => {
      const filter = query.get("$filter") ?? "";
      const type = BY_TYPE.exec(filter)?.[1];
      if (filter !== "" && type === undefined) {
        throw badRequest(
          "InvalidFilterInQueryString",
          `The filter '${filter}' is not served by the local Azure ML; it knows resourceType eq '...'.`,
        );
      }
      const below = `${id.text}/`.toLowerCase();
      const found = store.all().filter((resource) => {
        const isInside = resource.id.toLowerCase().startsWith(below);
        const isTopLevel = resource.id.split("/").length === TOP_LEVEL_SEGMENTS;
        const isType = type === undefined || resource.type === type.toLowerCase();
        return isInside && isTopLevel && isType && typeof resource.document["location"] === "string";
      });
      const shown = new Set(["id", "name", "type", "location", "tags", "kind", "sku", "identity"]);
      const value = found.map(({ document }) =>
        Object.fromEntries(Object.entries(document).filter(([key, given]) => shown.has(key) && given !== null)),
      );
      return { status: 200, body: { value } };
    },
  };
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
