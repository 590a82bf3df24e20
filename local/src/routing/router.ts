import { randomUUID } from "node:crypto";
import { operationName, operationNotServed } from "../apiSpec/operations";
import { bodyBySpec } from "../apiSpec/requestBody";
import { requireApiVersion } from "../apiSpec/versions";
import { ArmError, badRequest, notFound, resourceNotFound } from "../arm/errors";
import { groupOf, parseId } from "../arm/ids";
import type { ResourceId } from "../arm/ids";
import { requireNotDeleting } from "../arm/provisioning";
import type { ArmRequest, RequestHandler, ResourceHandler } from "../arm/resourceHandler";
import type { Resource, Store } from "../arm/store";
import { textAt } from "../common/json";
import type { Exchange, Reply } from "../http/exchange";
import { checkBody, checkIdCharacters, parseBody } from "./requestChecks";
import { NAMESPACES, ServedTypes } from "./servedTypes";

const READS = new Set(["GET", "HEAD"]);
const WRITES = new Set(["PUT", "PATCH"]);
const VERBS = ["get", "put", "patch", "delete", "head"] as const;
const API_VERSION = /^\d{4}-\d{2}-\d{2}(-preview|-privatepreview)?$/;
/** Requests that ARM lets a client make in a window; only the headers are emulated. */
const REMAINING: ReadonlyMap<string, readonly [string, number]> = new Map([
  ["GET", ["reads", 11_999]],
  ["DELETE", ["deletes", 11_999]],
]);

/** Finds the handler of a request by the type in its path. */
export class ArmRouter {
  readonly types = new ServedTypes();

  constructor(
    private readonly store: Store,
    private readonly subscriptionId: string,
  ) {}

  /** Registers a type such as `Microsoft.Storage/storageAccounts`. */
  add(type: string, handler: ResourceHandler): void {
    this.types.add(type, handler);
  }

  async handle(exchange: Exchange): Promise<Reply> {
    const headers = armHeaders(exchange);
    try {
      const reply = await this.dispatch(toRequest(exchange));
      return { ...reply, headers: { ...headers, ...reply.headers } };
    } catch (error) {
      if (!(error instanceof ArmError)) throw error;
      const reply = error.toReply();
      return { ...reply, headers: { ...headers, ...reply.headers } };
    }
  }

  async dispatch(request: ArmRequest): Promise<Reply> {
    const { subscriptionId } = request.id;
    checkIdCharacters(request.id);
    if (subscriptionId !== "" && subscriptionId.toLowerCase() !== this.subscriptionId) {
      throw notFound("SubscriptionNotFound", `The subscription '${subscriptionId}' could not be found.`);
    }
    this.requireBuilt(request.id, request.method);
    this.types.requireServed(request.id, request.method, request.apiVersion);
    const location = textAt(request.body, "location") ?? this.known(request.id)?.document["location"];
    requireApiVersion(request.id, request.apiVersion, location);
    if (subscriptionId === "" && !READS.has(request.method)) throw notAuthorized(request);
    const id = this.canonical(request.id);
    const handle = this.find(id, request.method);
    if (handle === undefined) throw this.notServed(id, request.method);
    this.requirePlace(id, request.method);
    checkBody(request.method, request.body);
    return handle({ ...request, id, body: bodyBySpec({ ...request, id }) });
  }

  /** Refuses by name what the specification of Azure ML has and nothing here answers. */
  private requireBuilt(id: ResourceId, method: string): void {
    const operation = operationName(id, method);
    if (operation !== undefined && this.find(id, method) === undefined) throw operationNotServed(operation, method);
  }

  private known({ text, tail }: ResourceId): Resource | undefined {
    return tail === undefined ? this.store.get(text) : undefined;
  }

  private find(id: ResourceId, method: string): RequestHandler | undefined {
    const { fullType, tail, provider, types } = id;
    if (tail !== undefined && method === "POST") {
      const action = tail.toLowerCase();
      const ofNamespace = types.length === 0 && provider !== undefined ? this.types.get(NAMESPACES) : undefined;
      return actionOf(this.types.get(fullType), action) ?? actionOf(ofNamespace, action);
    }
    if (tail !== undefined) {
      const type = [fullType, tail.toLowerCase()].filter((part) => part !== "").join("/");
      return method === "GET" ? this.types.get(type)?.list : undefined;
    }
    const handler = this.types.get(provider !== undefined && types.length === 0 ? NAMESPACES : fullType);
    const verb = VERBS.find((known) => known.toUpperCase() === method);
    return verb === undefined ? undefined : handler?.[verb];
  }

  private notServed(id: ResourceId, method: string): ArmError {
    const { provider, types, tail, fullType, text } = id;
    const path = [text, ...(tail === undefined ? [] : [tail])].join("/");
    const isKnown = this.types.get(fullType) !== undefined || this.types.get(`${fullType}/${tail ?? ""}`) !== undefined;
    if (provider === undefined && !isKnown) return notFound("NotFound", `There is nothing at '${path}'.`);
    const type = [provider, ...types, tail].filter((part) => part !== undefined).join("/");
    return new ArmError(405, { code: "MethodNotAllowed", message: `'${method}' is not supported for '${type}'.` });
  }

  /** The id with what Azure knows already in the case that it was first given, and types as they are spelled. */
  private canonical(id: ResourceId): ResourceId {
    const parts = this.types.spelled(id).split("/");
    const prefixes = parts.map((_, index) => parts.slice(0, parts.length - index).join("/"));
    const known = prefixes.find((prefix) => this.store.get(prefix) !== undefined) ?? "";
    const text = `${this.store.get(known)?.id ?? known}${parts.join("/").slice(known.length)}`;
    const isNamespace = id.provider !== undefined && id.types.length === 0;
    const rest = [...(isNamespace ? ["providers", id.provider] : []), ...(id.tail === undefined ? [] : [id.tail])];
    const path = [text.replace(/^\/subscriptions\/[^/]+/, `/subscriptions/${this.subscriptionId}`), ...rest].join("/");
    return parseId(path.split("/").map(encodeURIComponent).join("/")) ?? id;
  }

  /** A resource can only be in a group that exists, an extension only on a resource that does. */
  private requirePlace(id: ResourceId, method: string): void {
    const { provider, resourceGroup, tail } = id;
    if (provider === undefined && tail === undefined) return;
    const group = this.store.get(groupOf(id));
    if (resourceGroup !== undefined && group === undefined) {
      throw notFound("ResourceGroupNotFound", `Resource group '${resourceGroup}' could not be found.`);
    }
    if (group !== undefined && WRITES.has(method)) requireNotDeleting(group);
    const scope = parseId(id.scope);
    if (scope !== undefined && scope.types.length > 0 && this.store.get(scope.text) === undefined) {
      throw resourceNotFound(scope);
    }
  }
}

/** Above the subscription things can be read only, as for a client with rights in one subscription. */
function notAuthorized({ id, method }: ArmRequest): ArmError {
  const action = `${[id.provider, ...id.types].filter((part) => part !== undefined).join("/")}/${method.toLowerCase()}`;
  return new ArmError(403, {
    code: "AuthorizationFailed",
    message: `The client does not have authorization to perform action '${action}' over scope '/' or the scope is invalid.`,
  });
}

function actionOf({ actions = {} }: ResourceHandler = {}, name: string): RequestHandler | undefined {
  return Object.hasOwn(actions, name) ? actions[name] : undefined;
}

function toRequest(exchange: Exchange): ArmRequest {
  const id = parseId(exchange.path);
  if (id === undefined) throw notFound("NotFound", `There is nothing at '${exchange.path}'.`);
  const apiVersion = exchange.query.get("api-version");
  if (apiVersion === null) {
    throw badRequest(
      "MissingApiVersionParameter",
      "The api-version query parameter (?api-version=) is required for all requests.",
    );
  }
  if (!API_VERSION.test(apiVersion)) {
    throw badRequest(
      "InvalidApiVersionParameter",
      `The api-version '${apiVersion}' is invalid. The supported versions are of the form 'yyyy-MM-dd'.`,
    );
  }
  return { method: exchange.method, id, apiVersion, query: exchange.query, body: parseBody(exchange) };
}

function armHeaders({ method, headers }: Exchange): Record<string, string> {
  const [bucket, remaining] = REMAINING.get(method) ?? ["writes", 1199];
  const clientId = headers["x-ms-client-request-id"];
  return {
    "cache-control": "no-cache",
    "x-ms-request-id": randomUUID(),
    "x-ms-correlation-request-id": String(headers["x-ms-correlation-request-id"] ?? randomUUID()),
    [`x-ms-ratelimit-remaining-subscription-${bucket}`]: String(remaining),
    ...(typeof clientId === "string" && { "x-ms-client-request-id": clientId }),
  };
}
