import { badRequest, notFound } from "../arm/errors";
import { LOCATIONS } from "../arm/locations";
import type { ResourceHandler } from "../arm/resourceHandler";
import type { ArmServices } from "../arm/services";

const BY_TYPE = /^\s*resourceType\s+eq\s+'([^']+)'\s*$/i;
/** `/subscriptions/{s}/resourceGroups/{g}/providers/{namespace}/{type}/{name}` */
const TOP_LEVEL_SEGMENTS = 9;

/** The one subscription. */
export function subscriptions({ tenancy }: Pick<ArmServices, "tenancy">): ResourceHandler {
  const { subscriptionId, tenantId } = tenancy;
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
export function tenants({ tenancy }: Pick<ArmServices, "tenancy">): ResourceHandler {
  const { tenantId } = tenancy;
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
export function resources({ store }: Pick<ArmServices, "store">): ResourceHandler {
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
export function groupOperation({ operations }: ArmServices): ResourceHandler {
  return {
    get: ({ id }) => {
      const operation = operations.get(id.names.at(-1) ?? "");
      if (operation === undefined) throw notFound("NotFound", "The operation was not found.");
      return { status: operation.status === "running" ? 202 : 200 };
    },
  };
}
