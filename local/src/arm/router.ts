import { randomUUID } from "node:crypto";
import type { Exchange, Reply } from "../http/exchange";
import { ArmError, badRequest, notFound } from "./errors";
import { parseId } from "./ids";
import type { ResourceId } from "./ids";
import type { Store } from "./store";

/** A request to one resource, collection or action. */
export interface ArmRequest {
  readonly method: string;
  readonly id: ResourceId;
  readonly apiVersion: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
  /** Id of the template deployment that makes this request. */
  readonly via?: string;
}

type Handle = (request: ArmRequest) => Promise<Reply> | Reply;

/** What one type of resource can do. */
export interface ResourceHandler {
  readonly get?: Handle;
  readonly put?: Handle;
  readonly patch?: Handle;
  readonly delete?: Handle;
  readonly head?: Handle;
  readonly list?: Handle;
  /** POST actions by lower-case name. */
  readonly actions?: Readonly<Record<string, Handle>>;
}

const API_VERSION = /^\d{4}-\d{2}-\d{2}(-preview|-privatepreview)?$/;
/** Requests that ARM lets a client make in a window; only the headers are emulated. */
const REMAINING = { GET: ["reads", 11_999], DELETE: ["deletes", 11_999], PUT: ["writes", 1199] } as const;

/** Finds the handler of a request by the type in its path. */
export class ArmRouter {
  private readonly handlers = new Map<string, ResourceHandler>();

  constructor(
    private readonly store: Store,
    private readonly subscriptionId: string,
    private readonly fallback: ResourceHandler,
  ) {}

  /** Registers a type such as `Microsoft.Storage/storageAccounts`. */
  add(type: string, handler: ResourceHandler): void {
    this.handlers.set(type.toLowerCase(), handler);
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
    const { id, method } = request;
    if (id.subscriptionId.toLowerCase() !== this.subscriptionId) {
      throw notFound("SubscriptionNotFound", `The subscription '${id.subscriptionId}' could not be found.`);
    }
    this.requireGroup(request);
    const handle = this.find(request);
    if (handle === undefined) throw notAllowed(method, id);
    return handle(request);
  }

  private find({ id, method }: ArmRequest): Handle | undefined {
    if (id.tail !== undefined && method === "POST") {
      return this.handlerOf(id.fullType, id)?.actions?.[id.tail.toLowerCase()];
    }
    if (id.tail !== undefined) {
      const type = [id.fullType, id.tail.toLowerCase()].filter((part) => part !== "").join("/");
      return method === "GET" ? this.handlerOf(type, id)?.list : undefined;
    }
    const handler = this.handlerOf(id.fullType, id);
    const byMethod = {
      GET: handler?.get,
      PUT: handler?.put,
      PATCH: handler?.patch,
      DELETE: handler?.delete,
      HEAD: handler?.head,
    };
    return byMethod[method as keyof typeof byMethod];
  }

  private handlerOf(type: string, id: ResourceId): ResourceHandler | undefined {
    const own = this.handlers.get(type);
    if (own !== undefined) return own;
    const known = [...this.handlers.keys()].some((other) => other.startsWith(`${id.provider?.toLowerCase() ?? ""}/`));
    const strict = id.provider?.toLowerCase() === "microsoft.machinelearningservices" && known;
    return id.provider === undefined || strict ? undefined : this.fallback;
  }

  /** A resource can only be in a group that exists. */
  private requireGroup({ id }: ArmRequest): void {
    if (id.resourceGroup === undefined || id.provider === undefined) return;
    const group = `/subscriptions/${id.subscriptionId}/resourceGroups/${id.resourceGroup}`;
    if (this.store.get(group) !== undefined) return;
    throw notFound("ResourceGroupNotFound", `Resource group '${id.resourceGroup}' could not be found.`);
  }
}

/** The refusal for a resource that is not there. */
export function resourceNotFound(id: ResourceId): ArmError {
  const path = [id.provider, ...id.types.flatMap((type, index) => [type, id.names[index] ?? ""])].join("/");
  return notFound(
    "ResourceNotFound",
    `The Resource '${path}' under resource group '${id.resourceGroup ?? ""}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`,
  );
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

function parseBody({ body, method }: Exchange): unknown {
  if (body.length === 0) {
    if (method === "PUT" || method === "PATCH")
      throw badRequest("InvalidRequestContent", "The request content is empty; a JSON object is needed.");
    return undefined;
  }
  try {
    const value: unknown = JSON.parse(body.toString("utf8").replace(/^\uFEFF/, ""));
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  } catch {
    // Refused below, like any other content that is no JSON object.
  }
  throw badRequest(
    "InvalidRequestContent",
    "The request content was invalid and could not be deserialized: a JSON object is needed.",
  );
}

function notAllowed(method: string, id: ResourceId): ArmError {
  const type = [id.provider, ...id.types, id.tail].filter((part) => part !== undefined).join("/");
  return new ArmError(405, { code: "MethodNotAllowed", message: `'${method}' is not supported for '${type}'.` });
}

function armHeaders({ method, headers }: Exchange): Record<string, string> {
  const [bucket, remaining] = REMAINING[method as keyof typeof REMAINING] ?? REMAINING.PUT;
  const clientId = headers["x-ms-client-request-id"];
  return {
    "cache-control": "no-cache",
    "x-ms-request-id": randomUUID(),
    "x-ms-correlation-request-id": String(headers["x-ms-correlation-request-id"] ?? randomUUID()),
    [`x-ms-ratelimit-remaining-subscription-${bucket}`]: String(remaining),
    ...(typeof clientId === "string" && { "x-ms-client-request-id": clientId }),
  };
}
