import type { IncomingHttpHeaders } from "node:http";

/** A request as the services see it. */
export interface Exchange {
  readonly method: string;
  /** Path without query, with a single leading slash. */
  readonly path: string;
  /** The path that the client signed, if the host and not the path names the storage account. */
  readonly signedPath?: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface Reply {
  /** 0 when the connection is closed instead. */
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON unless it is a buffer or undefined. */
  readonly body?: unknown;
}

/** A reply as sent, with lower-case header names. */
export interface SentReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | undefined;
}

/**
 * Sees a request and its reply, secrets included.
 *
 * @param via id of the template deployment that made the request; undefined when a client did
 */
export type ExchangeObserver = (exchange: Exchange, reply: SentReply, via?: string) => void;

/** A reply in the form that is sent. */
export function toSent(method: string, { status, headers = {}, body }: Reply): SentReply {
  const raw = Buffer.isBuffer(body);
  const payload = body === undefined ? undefined : raw ? body : Buffer.from(JSON.stringify(body));
  const sent: Record<string, string> = {};
  if (payload !== undefined && !raw) sent["content-type"] = "application/json; charset=utf-8";
  if (status !== 204 && status !== 304) sent["content-length"] = String(payload?.length ?? 0);
  return { status, headers: Object.assign(sent, headers), body: method === "HEAD" ? undefined : payload };
}

export function bearerToken(headers: IncomingHttpHeaders): string | undefined {
  return /^Bearer\s+(.+)$/i.exec(headers.authorization ?? "")?.[1];
}

/** The body of a request parsed as JSON, or undefined when it is not JSON. */
export function jsonOf({ body }: Exchange): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return undefined;
  }
}
