import { apiVersionsOf } from "../apiSpec/versions";
import { operationNotFound } from "../arm/errors";
import { groupOf } from "../arm/ids";
import { LOCATIONS, requireLocation } from "../arm/locations";
import { requireNotDeleting } from "../arm/provisioning";
import type { ArmRequest, ResourceHandler } from "../arm/resourceHandler";
import type { ArmServices } from "../arm/services";
import type { Resource } from "../arm/store";
import { objectAt } from "../common/json";
import type { Namespace, ServedTypes } from "../routing/servedTypes";
import { RESOURCE_GROUP } from "./records";
import { groupNeverMoves, groupNotFound, invalidGroupName, unknownNamespace, unsupportedFilter } from "./refusals";
import type { ResourcesServices } from "./services";

const BY_TYPE = /^\s*resourceType\s+eq\s+'([^']+)'\s*$/i;
/** `/subscriptions/{s}/resourceGroups/{g}/providers/{namespace}/{type}/{name}` */
const TOP_LEVEL_SEGMENTS = 9;
const NAME = /^[-\w.()]{0,89}[-\w()]$/;
const DELETE_MS = 30_000;

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
      if (filter !== "" && type === undefined) throw unsupportedFilter(filter);
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
      if (operation === undefined) throw operationNotFound();
      return { status: operation.status === "running" ? 202 : 200 };
    },
  };
}

/** Resource providers, all of them registered. */
export function providers(types: ServedTypes, subscriptionId: string): ResourceHandler {
  const find = (name: string | undefined): Namespace => {
    const found = types.namespaces().find((namespace) => namespace.name.toLowerCase() === name?.toLowerCase());
    if (found !== undefined) return found;
    throw unknownNamespace(name ?? "");
  };
  const shown = ({ name, types: own }: Namespace) => ({
    id: `/subscriptions/${subscriptionId}/providers/${name}`,
    namespace: name,
    registrationState: "Registered",
    registrationPolicy: "RegistrationRequired",
    resourceTypes: own.map((resourceType) => ({
      resourceType,
      locations: LOCATIONS.map(([, displayName]) => displayName),
      apiVersions: apiVersionsOf(`${name}/${resourceType}`.toLowerCase()).toReversed(),
      capabilities: "SupportsTags, SupportsLocation",
    })),
  });
  return {
    get: ({ id }) => ({ status: 200, body: shown(find(id.provider)) }),
    list: () => ({ status: 200, body: { value: types.namespaces().map(shown) } }),
    actions: { register: ({ id }) => ({ status: 200, body: shown(find(id.provider)) }) },
  };
}

/** Resource groups; deleting one deletes all that is in it. */
export function resourceGroups(services: ResourcesServices): ResourceHandler {
  const { store } = services;
  const find = ({ id }: ArmRequest): Resource => {
    const group = store.get(groupOf(id));
    if (group !== undefined) return group;
    throw groupNotFound(id.resourceGroup ?? "");
  };
  return {
    get: (request) => ({ status: 200, body: find(request).document }),
    head: ({ id }) => ({ status: store.get(groupOf(id)) === undefined ? 404 : 204 }),
    list: ({ id }) => {
      const groups = store.list(RESOURCE_GROUP, `${id.text}/resourceGroups`);
      return { status: 200, body: { value: groups.map(({ document }) => document) } };
    },
    put: (request) => putGroup(services, request),
    patch: (request) => {
      const group = find(request);
      requireNotDeleting(group);
      group.document = { ...group.document, tags: objectAt(request.body, "tags") };
      store.touch();
      return { status: 200, body: group.document };
    },
    delete: (request) => deleteGroup(services, request, find(request)),
  };
}

function putGroup({ store }: ResourcesServices, { id, body }: ArmRequest) {
  const name = id.resourceGroup ?? "";
  if (!NAME.test(name)) throw invalidGroupName(name);
  const location = requireLocation(body);
  const existing = store.get(groupOf(id));
  if (existing !== undefined) requireNotDeleting(existing);
  const before = existing?.document["location"];
  if (existing !== undefined && before !== location) throw groupNeverMoves(String(before), location);
  const document = {
    id: groupOf(id),
    name,
    type: "Microsoft.Resources/resourceGroups",
    location,
    tags: objectAt(body, "tags"),
    properties: { provisioningState: "Succeeded" },
  };
  store.put({ id: document.id, type: RESOURCE_GROUP, document, hidden: {} });
  return { status: existing === undefined ? 201 : 200, body: document };
}

function deleteGroup(services: ResourcesServices, request: ArmRequest, group: Resource) {
  const { store, operations, url } = services;
  const complete = () => services.removed(store.remove(group.id));
  const running =
    operations.holding(group.id) ??
    operations.start({ resourceId: group.id, running: "Running", durationMs: DELETE_MS, complete }, group.id);
  group.document = { ...group.document, properties: { provisioningState: "Deleting" } };
  store.touch();
  const location = `${url}/subscriptions/${request.id.subscriptionId}/operationresults/${running.id}?api-version=${request.apiVersion}`;
  return { status: 202, headers: { location } };
}
