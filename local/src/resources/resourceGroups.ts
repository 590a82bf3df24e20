import { badRequest, conflict, notFound } from "../arm/errors";
import { objectAt } from "../common/json";
import { requireLocation } from "../arm/body";
import { groupOf } from "../arm/ids";
import { requireStaying } from "../arm/provisioning";
import type { ArmRequest, ResourceHandler } from "../arm/resourceHandler";
import type { ResourcesServices } from "./services";
import type { Resource } from "../arm/store";

export const RESOURCE_GROUP = "resourcegroup";
const NAME = /^[-\w.()]{0,89}[-\w()]$/;
const DELETE_MS = 30_000;

/** Resource groups; deleting one deletes all that is in it. */
export function resourceGroups(services: ResourcesServices): ResourceHandler {
  const { store } = services;
  const find = ({ id }: ArmRequest): Resource => {
    const group = store.get(groupOf(id));
    if (group !== undefined) return group;
    throw notFound("ResourceGroupNotFound", `Resource group '${id.resourceGroup ?? ""}' could not be found.`);
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
      requireStaying(group);
      group.document = { ...group.document, tags: objectAt(request.body, "tags") };
      store.touch();
      return { status: 200, body: group.document };
    },
    delete: (request) => deleteGroup(services, request, find(request)),
  };
}

function putGroup({ store }: ResourcesServices, { id, body }: ArmRequest) {
  const name = id.resourceGroup ?? "";
  if (!NAME.test(name))
    throw badRequest(
      "InvalidResourceGroup",
      `The provided resource group name '${name}' has invalid characters or length.`,
    );
  const location = requireLocation(body);
  const existing = store.get(groupOf(id));
  if (existing !== undefined) requireStaying(existing);
  const before = existing?.document["location"];
  if (existing !== undefined && before !== location) {
    throw conflict(
      "InvalidResourceGroupLocation",
      `Invalid resource group location '${location}'. The Resource group already exists in location '${String(before)}'.`,
    );
  }
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
