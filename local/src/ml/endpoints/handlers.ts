import { resourceNotFound } from "../../arm/errors";
import { requireParent } from "../../arm/generic";
import { requireLocation } from "../../arm/locations";
import { setProvisioningState } from "../../arm/provisioning";
import type { ArmRequest, ResourceHandler } from "../../arm/resourceHandler";
import type { Resource } from "../../arm/store";
import { isObject, objectAt } from "../../common/json";
import type { Reply } from "../../http/exchange";
import { listReply, orderByWord } from "../../lists/list";
import type { ListOptions } from "../../lists/list";
import { byName, byProperties, byTags, propertiesOf, readOneOf } from "../../lists/options";
import type { ReadFilter } from "../../lists/options";
import { deleteAccepted, operationUrl, writeAccepted } from "../shared/operations";
import { addOperationUri } from "../shared/records";
import { invalidName } from "../shared/refusals";
import type { MlServices } from "../shared/services";
import { issueToken, newKeys, regenerateKeys } from "./keys";
import { ENDPOINT, ENDPOINT_UPDATE_MS, NAME, deploymentStates, endpointDocument, withoutZeroWeights } from "./records";
import type { EndpointTraffic, TrafficMap } from "./records";
import {
  checkEndpointCompute,
  checkEndpointTraffic,
  requireFreeName,
  requireNoOperation,
  requireUnchanged,
  requireUnchangedIdentity,
} from "./refusals";

/** Recorded: 90 s for a new endpoint; the delete is assumed. */
const DURATION = { create: 90_000, delete: 30_000 };

const byCompute: ReadFilter = (value, name) => {
  const type = readOneOf(name, value, ["Managed", "Kubernetes", "AzureMLCompute"]);
  return (document) => ((propertiesOf(document)["compute"] ?? null) === null ? "Managed" : "Kubernetes") === type;
};
const LIST: ListOptions = {
  filters: { name: byName, computeType: byCompute, tags: byTags, properties: byProperties },
  size: ["count"],
  order: orderByWord("orderBy"),
};

/** Online endpoints. A PUT replaces the whole endpoint; left-out values are removed. */
export function onlineEndpoints(services: MlServices): ResourceHandler {
  const { store } = services;
  const find = (request: ArmRequest): Resource => {
    const endpoint = store.get(request.id.text);
    if (endpoint === undefined) throw resourceNotFound(request.id);
    return endpoint;
  };
  return {
    get: (request) => ({ status: 200, body: find(request).document }),
    list: (request) => {
      const documents = store.list(ENDPOINT, request.id.text).map(({ document }) => document);
      return listReply(services.url, request, documents, LIST);
    },
    put: (request) => putEndpoint(services, request),
    patch: (request) => patchEndpoint(services, request, find(request)),
    delete: (request) => deleteEndpoint(services, request),
    actions: {
      listkeys: (request) => ({ status: 200, body: find(request).hidden["keys"] }),
      regeneratekeys: (request) => regenerateKeys(services, request, find(request)),
      token: (request) => issueToken(services, find(request)),
    },
  };
}

function putEndpoint(services: MlServices, request: ArmRequest): Reply {
  const { store, operations } = services;
  const { id, body } = request;
  requireParent(request, (parent) => store.get(parent));
  const name = id.names.at(-1) ?? "";
  if (!NAME.test(name)) throw invalidName("endpoint", name);
  const properties = objectAt(body, "properties");
  const existing = store.get(id.text);
  const location = requireLocation(body);
  if (existing === undefined) requireFreeName(services, id.text, name, location);
  else requireUnchanged(existing, body, location);
  requireNoOperation(services, id.text);
  const before = objectAt(existing?.document, "properties");
  const { omittedTrafficClears, zeroWeightsAnswered } = services.readings;
  const traffic = trafficOf(properties["traffic"], omittedTrafficClears ? {} : objectAt(before, "traffic"));
  const mirrorTraffic = trafficOf(properties["mirrorTraffic"], {});
  checkEndpointCompute(services, id.text.split("/").slice(0, -2).join("/"), properties);
  const live = {
    traffic: objectAt(before, "traffic"),
    mirrorTraffic: objectAt(before, "mirrorTraffic"),
  } as EndpointTraffic;
  checkEndpointTraffic({ traffic, mirrorTraffic }, live, deploymentStates(services, id.text));

  const running = existing === undefined ? "Creating" : "Updating";
  const resource: Resource = {
    id: existing?.id ?? id.text,
    type: ENDPOINT,
    document: endpointDocument(services, request, existing, location),
    hidden: existing?.hidden ?? { keys: newKeys(properties["keys"]) },
  };
  const scoring = `${services.url}/endpoints/${location}/${name}`;
  // The old weights and credentials are live until the operation ends.
  const done = {
    authMode: properties["authMode"],
    traffic: zeroWeightsAnswered ? traffic : withoutZeroWeights(traffic),
    mirrorTraffic,
    scoringUri: `${scoring}/score`,
    swaggerUri: `${scoring}/swagger.json`,
  };
  const end = (changes: Record<string, unknown>) => {
    resource.document = {
      ...resource.document,
      properties: { ...objectAt(resource.document, "properties"), ...changes },
    };
    store.touch();
  };
  const operation = operations.start(
    {
      resourceId: resource.id,
      running,
      durationMs: existing === undefined ? DURATION.create : ENDPOINT_UPDATE_MS,
      complete: () => end({ ...done, provisioningState: "Succeeded" }),
      fail: () => end({ provisioningState: "Failed" }),
    },
    id.text,
  );
  const url = operationUrl(services, request, "oeidp", location, operation.id);
  addOperationUri(resource, url, { "azureml.onlineendpointid": resource.id.toLowerCase() });
  store.put(resource);
  return writeAccepted(services, url, resource.document);
}

/** PATCH accepts only tags and identity; traffic changes by PUT. */
function patchEndpoint(services: MlServices, request: ArmRequest, endpoint: Resource): Reply {
  requireNoOperation(services, endpoint.id);
  const { body } = request;
  if (isObject(body) && body["identity"] !== undefined) requireUnchangedIdentity(endpoint, body);
  endpoint.document = {
    ...endpoint.document,
    ...(isObject(body) && body["tags"] !== undefined && { tags: body["tags"] }),
  };
  services.store.touch();
  return { status: 200, body: endpoint.document };
}

function deleteEndpoint(services: MlServices, request: ArmRequest): Reply {
  const { store, operations, serving } = services;
  const endpoint = store.get(request.id.text);
  if (endpoint === undefined) return { status: 204 };
  requireNoOperation(services, endpoint.id);
  setProvisioningState(endpoint, "Deleting");
  const complete = () => serving.forget(store.remove(endpoint.id));
  const operation = operations.start(
    { resourceId: endpoint.id, running: "Deleting", durationMs: DURATION.delete, complete },
    endpoint.id,
  );
  return deleteAccepted(operationUrl(services, request, "oeidp", String(endpoint.document["location"]), operation.id));
}

function trafficOf(given: unknown, omitted: object): TrafficMap {
  return (isObject(given) ? given : omitted) as TrafficMap;
}
