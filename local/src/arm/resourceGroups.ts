import { ArmError, badRequest, notFound } from "./errors";
import { objectAt, requireLocation } from "./body";
import type { ArmRequest, ResourceHandler } from "./router";
import type { Services } from "./services";
import { STORAGE_ACCOUNT } from "../storage/storageAccounts";

const NAME = /^[-\w._()]{1,89}[-\w_()]$|^[-\w_()]$/;
const DELETE_MS = 30_000;

/** Resource groups; deleting one deletes all that is in it. */
export function resourceGroups({ store, operations, url, serving, blobs }: Services): ResourceHandler {
  const idOf = ({ id }: ArmRequest): string =>
    `/subscriptions/${id.subscriptionId}/resourceGroups/${id.resourceGroup ?? ""}`;
  const find = (request: ArmRequest) => {
    const group = store.get(idOf(request));
    if (group === undefined) {
      throw notFound("ResourceGroupNotFound", `Resource group '${request.id.resourceGroup ?? ""}' could not be found.`);
    }
    return group;
  };
  return {
    get: (request) => ({ status: 200, body: find(request).document }),
    head: (request) => ({ status: store.get(idOf(request)) === undefined ? 404 : 204 }),
    list: (request) => ({
      status: 200,
      body: {
        value: store
          .list("resourcegroup", `/subscriptions/${request.id.subscriptionId}/resourceGroups`)
          .map((group) => group.document),
      },
    }),
    put: (request) => {
      const name = request.id.resourceGroup ?? "";
      if (!NAME.test(name))
        throw badRequest(
          "InvalidResourceGroup",
          `The provided resource group name '${name}' has invalid characters or length.`,
        );
      const location = requireLocation(request.body);
      const existing = store.get(idOf(request));
      if (existing !== undefined && existing.document["location"] !== location) {
        throw new ArmError(409, {
          code: "InvalidResourceGroupLocation",
          message: `Invalid resource group location '${location}'. The Resource group already exists in location '${String(existing.document["location"])}'.`,
        });
      }
      const document = {
        id: existing?.id ?? idOf(request),
        name,
        type: "Microsoft.Resources/resourceGroups",
        location,
        tags: objectAt(request.body, "tags"),
        properties: { provisioningState: "Succeeded" },
      };
      store.put({ id: document.id, type: "resourcegroup", document, hidden: {} });
      return { status: existing === undefined ? 201 : 200, body: document };
    },
    patch: (request) => {
      const group = find(request);
      group.document = { ...group.document, tags: objectAt(request.body, "tags") };
      store.touch();
      return { status: 200, body: group.document };
    },
    delete: (request) => {
      const group = find(request);
      const complete = () => {
        const gone = store.remove(group.id);
        serving.forget(gone);
        for (const { type, document } of gone)
          if (type === STORAGE_ACCOUNT) blobs.removeAccount(String(document["name"]));
      };
      const operation = operations.start(
        { resourceId: group.id, running: "Running", durationMs: DELETE_MS, complete },
        group.id,
      );
      const location = `${url}/subscriptions/${request.id.subscriptionId}/operationresults/${operation.id}?api-version=${request.apiVersion}`;
      return { status: 202, headers: { location } };
    },
  };
}
