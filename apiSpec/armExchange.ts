import type { Exchange, SentReply } from "azure-mlflow-rollout-local";

/** A request to Azure Resource Manager and its reply, as plain data. */
export interface ArmExchange {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly requestHeaders: Readonly<Record<string, string>>;
  /** Undefined when there was none. */
  readonly requestBody?: unknown;
  readonly status: number;
  readonly replyHeaders: Readonly<Record<string, string>>;
  readonly replyBody?: unknown;
  /** Id of the template deployment that made the request. */
  readonly via?: string;
}

/** An exchange with Azure Resource Manager, or undefined when it was with another service or is no JSON. */
export function toArmExchange(exchange: Exchange, reply: SentReply, via?: string): ArmExchange | undefined {
  const { method, path, query, headers, body } = exchange;
  if (!/^\/subscriptions(\/|$)/i.test(path)) return undefined;
  const requestBody = parsed(body);
  return {
    method,
    url: query.size > 0 ? `${path}?${query.toString()}` : path,
    requestHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
    ...(requestBody !== undefined && { requestBody }),
    status: reply.status,
    replyHeaders: reply.headers,
    ...(reply.body !== undefined && { replyBody: parsed(reply.body) }),
    ...(via !== undefined && { via }),
  };
}

function parsed(body: Buffer): unknown {
  if (body.length === 0) return undefined;
  try {
    return JSON.parse(body.toString("utf8")) as unknown;
  } catch {
    return body.toString("utf8");
  }
}
