import { randomBytes } from "node:crypto";
import { isObject, objectAt, requireLocation, requireProperties, textAt, shown } from "../arm/body";
import { badRequest } from "../arm/errors";
import { requireParent } from "../arm/generic";
import { ENDPOINT_TOKEN_SECONDS } from "../identity/tokens";
import { resourceNotFound } from "../arm/router";
import type { ArmRequest, ResourceHandler } from "../arm/router";
import type { Services } from "../arm/services";
import type { Resource } from "../arm/store";
import type { Reply } from "../http/exchange";
import { deleting, operationUrl, serviceProperties, written } from "./asyncReply";
import { principal, systemData } from "./documents";
import { checkEndpointCompute } from "./kubernetes";
import { refusals } from "./refusals";
import { checkEndpointTraffic, withoutZeros } from "./trafficRules";
import type { TrafficMap } from "./trafficRules";
import { WORKSPACE } from "./workspaces";

export const ENDPOINT = `${WORKSPACE}/onlineendpoints`;
export const ONLINE_DEPLOYMENT = `${ENDPOINT}/deployments`;
export const NAME = /^[a-zA-Z][-a-zA-Z0-9]{1,30}[a-zA-Z0-9]$/;
/** Recorded: 90 s for a new endpoint, 20 s for an update; the delete is assumed. */
const DURATION = { create: 90_000, update: 20_000, delete: 30_000 };
const AUTH_MODES = ["Key", "AMLToken", "AADToken"];

/** Online endpoints. A PUT replaces the whole endpoint; what it leaves out is gone. */
export function onlineEndpoints(services: Services): ResourceHandler {
  const { store } = services;
  const find = (request: ArmRequest): Resource => {
    const endpoint = store.get(request.id.text);
    if (endpoint === undefined) throw resourceNotFound(request.id);
    return endpoint;
  };
  return {
    get: (request) => ({ status: 200, body: find(request).document }),
    list: ({ id }) => ({ status: 200, body: { value: store.list(ENDPOINT, id.text).map(({ document }) => document) } }),
    put: (request) => putEndpoint(services, request),
    patch: (request) => patchEndpoint(services, request, find(request)),
    delete: (request) => deleteEndpoint(services, request),
    actions: {
      listkeys: (request) => ({ status: 200, body: find(request).hidden["keys"] }),
      regeneratekeys: (request) => regenerateKeys(services, request, find(request)),
      token: (request) => {
        // Callers compare these with their own clock, not with the virtual one.
        const { token, expires } = services.identity.issueEndpointToken(find(request).id);
        return {
          status: 200,
          body: {
            accessToken: token,
            tokenType: "Bearer",
            expiryTimeUtc: expires,
            refreshAfterTimeUtc: expires - ENDPOINT_TOKEN_SECONDS / 2,
          },
        };
      },
    },
  };
}

/** Refuses an operation on an endpoint that another one holds. */
export function requireIdle({ operations }: Services, endpointId: string): void {
  const holding = operations.holding(endpointId);
  if (holding !== undefined) throw refusals.busyEndpoint(endpointId.split("/").at(-1) ?? "", holding.running);
}

function putEndpoint(services: Services, request: ArmRequest): Reply {
  const { store, operations } = services;
  const { id, body } = request;
  requireParent(request, (parent) => store.get(parent));
  const name = id.names.at(-1) ?? "";
  if (!NAME.test(name)) throw refusals.name("endpoint", name);
  const properties = requireProperties(body, ["authMode"]);
  if (!AUTH_MODES.includes(shown(properties["authMode"]))) {
    throw badRequest(
      "BadRequest",
      `authMode must be one of ${AUTH_MODES.join(", ")}, got ${JSON.stringify(properties["authMode"])}.`,
    );
  }
  const existing = store.get(id.text);
  const location = requireLocation(body);
  if (existing === undefined) requireFreeName(services, id.text, name, location);
  else requireSame(existing, body, location);
  requireIdle(services, id.text);
  const before = objectAt(existing?.document, "properties");
  const { omittedTrafficClears, zeroWeightsAnswered } = services.readings;
  const traffic = trafficOf(properties["traffic"], omittedTrafficClears ? {} : objectAt(before, "traffic"));
  const mirrorTraffic = trafficOf(properties["mirrorTraffic"], {});
  checkEndpointCompute(services, id.text.split("/").slice(0, -2).join("/"), properties);
  checkEndpointTraffic(traffic, mirrorTraffic, deploymentStates(services, id.text));

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
    traffic: zeroWeightsAnswered ? traffic : withoutZeros(traffic),
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
      durationMs: existing === undefined ? DURATION.create : DURATION.update,
      complete: () => end({ ...done, provisioningState: "Succeeded" }),
      fail: () => end({ provisioningState: "Failed" }),
    },
    id.text,
  );
  const url = operationUrl(services, request, "oeidp", location, operation.id);
  addOperation(resource, url, { "azureml.onlineendpointid": resource.id.toLowerCase() });
  store.put(resource);
  return written(services, url, resource.document);
}

function endpointDocument(
  services: Services,
  { id, body }: ArmRequest,
  existing: Resource | undefined,
  location: string,
): Record<string, unknown> {
  const given = objectAt(body, "properties");
  const before = objectAt(existing?.document, "properties");
  return {
    id: existing?.id ?? id.text,
    name: id.names.at(-1),
    type: "Microsoft.MachineLearningServices/workspaces/onlineEndpoints",
    location,
    tags: objectAt(body, "tags"),
    kind: textAt(body, "kind") ?? "Managed",
    identity: principal(services, body, existing?.document),
    systemData: systemData(services.clock, existing?.document),
    properties: {
      authMode: before["authMode"] ?? given["authMode"],
      compute: given["compute"] ?? null,
      description: given["description"] ?? null,
      keys: null,
      publicNetworkAccess: given["publicNetworkAccess"] ?? "Enabled",
      properties: serviceProperties(existing?.document, given, {}),
      traffic: before["traffic"] ?? {},
      mirrorTraffic: before["mirrorTraffic"] ?? {},
      scoringUri: before["scoringUri"] ?? null,
      swaggerUri: before["swaggerUri"] ?? null,
      provisioningState: existing === undefined ? "Creating" : "Updating",
    },
  };
}

/** PATCH takes tags and identity only: traffic moves by PUT alone. */
function patchEndpoint(services: Services, request: ArmRequest, endpoint: Resource): Reply {
  requireIdle(services, endpoint.id);
  const { body } = request;
  if (isObject(body) && body["identity"] !== undefined) requireSameIdentity(endpoint, body);
  endpoint.document = {
    ...endpoint.document,
    ...(isObject(body) && body["tags"] !== undefined && { tags: body["tags"] }),
  };
  services.store.touch();
  return { status: 200, body: endpoint.document };
}

function deleteEndpoint(services: Services, request: ArmRequest): Reply {
  const { store, operations, serving } = services;
  const endpoint = store.get(request.id.text);
  if (endpoint === undefined) return { status: 204 };
  requireIdle(services, endpoint.id);
  setState(endpoint, "Deleting");
  const complete = () => serving.forget(store.remove(endpoint.id));
  const operation = operations.start(
    { resourceId: endpoint.id, running: "Deleting", durationMs: DURATION.delete, complete },
    endpoint.id,
  );
  return deleting(operationUrl(services, request, "oeidp", String(endpoint.document["location"]), operation.id));
}

function regenerateKeys(services: Services, request: ArmRequest, endpoint: Resource): Reply {
  requireIdle(services, endpoint.id);
  const which = textAt(request.body, "keyType") === "Secondary" ? "secondaryKey" : "primaryKey";
  const value = textAt(request.body, "keyValue") ?? randomKey();
  const complete = () => {
    endpoint.hidden = { ...endpoint.hidden, keys: { ...objectAt(endpoint.hidden, "keys"), [which]: value } };
    services.store.touch();
  };
  const operation = services.operations.start(
    { resourceId: endpoint.id, running: "Updating", durationMs: DURATION.update, complete },
    endpoint.id,
  );
  return {
    ...deleting(operationUrl(services, request, "oeidp", String(endpoint.document["location"]), operation.id)),
    body: undefined,
  };
}

/** The provisioning states of the deployments of an endpoint, by lower-case name. */
export function deploymentStates({ store }: Services, endpointId: string): Map<string, string> {
  const deployments = store.list(ONLINE_DEPLOYMENT, endpointId);
  return new Map(
    deployments.map(({ document }) => [
      String(document["name"]).toLowerCase(),
      String(objectAt(document, "properties")["provisioningState"]),
    ]),
  );
}

export function setState(resource: Resource, provisioningState: string): void {
  resource.document = {
    ...resource.document,
    properties: { ...objectAt(resource.document, "properties"), provisioningState },
  };
}

/** Older clients read the operation's address from the body. */
export function addOperation(resource: Resource, url: string, added: Record<string, string>): void {
  const properties = objectAt(resource.document, "properties");
  const inner = { ...objectAt(properties, "properties"), ...added, AzureAsyncOperationUri: url };
  resource.document = { ...resource.document, properties: { ...properties, properties: inner } };
}

function trafficOf(given: unknown, omitted: object): TrafficMap {
  return (isObject(given) ? given : omitted) as TrafficMap;
}

function requireFreeName({ store }: Services, id: string, name: string, location: string): void {
  const taken = store
    .all()
    .filter(({ type }) => type === ENDPOINT)
    .some(
      ({ document }) =>
        String(document["name"]).toLowerCase() === name.toLowerCase() && document["location"] === location,
    );
  if (taken && store.get(id) === undefined) throw refusals.endpointNameTaken();
}

function requireSame(existing: Resource, body: unknown, location: string): void {
  if (existing.document["location"] !== location) throw refusals.immutable("location");
  const kind = textAt(body, "kind");
  if (kind !== undefined && kind !== existing.document["kind"]) throw refusals.immutable("kind");
  const [before, after] = [existing.document, body].map(
    (document) => objectAt(document, "properties")["compute"] ?? null,
  );
  if (before !== after) throw refusals.immutable("compute");
  requireSameIdentity(existing, body);
}

function requireSameIdentity(existing: Resource, body: unknown): void {
  const [before, after] = [existing.document, body].map((document) => textAt(objectAt(document, "identity"), "type"));
  if (after !== undefined && before !== after) throw refusals.immutable("identity");
}

function newKeys(given: unknown): object {
  const keys = isObject(given) ? given : {};
  return { primaryKey: keys["primaryKey"] ?? randomKey(), secondaryKey: keys["secondaryKey"] ?? randomKey() };
}

function randomKey(): string {
  return randomBytes(24).toString("base64url");
}
