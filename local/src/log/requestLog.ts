import type { Exchange, SentReply } from "../http/exchange";
import { headersWithoutSecrets, loggedBody } from "./secrets";

/** One request in a log. */
export interface RequestLogEntry {
  /** Real time of the reply, RFC 3339. */
  readonly time: string;
  readonly method: string;
  /** Path without the query, which may contain a signature. */
  readonly path: string;
  /** 0 when the connection was closed instead. */
  readonly status: number;
  /** Real milliseconds from the request's first byte to the reply. */
  readonly milliseconds: number;
  /** Headers and bodies without secrets; undefined for an unreadable request. */
  readonly details: () => RequestDetails | undefined;
}

export interface RequestDetails {
  readonly request: ShownMessage;
  readonly reply: ShownMessage;
}

export interface ShownMessage {
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** @param began - `performance.now()` when the request began */
export function logEntry(
  { method, path }: { readonly method: string; readonly path: string },
  status: number,
  began: number,
  details: RequestLogEntry["details"] = () => undefined,
): RequestLogEntry {
  const milliseconds = Number((performance.now() - began).toFixed(1));
  return { time: new Date().toISOString(), method, path, status, milliseconds, details };
}

export function detailsOf(exchange: Exchange, sent: SentReply): RequestDetails {
  return {
    request: {
      headers: headersWithoutSecrets(exchange.headers),
      body: loggedBody(exchange, exchange.body, "request"),
    },
    reply: { headers: headersWithoutSecrets(sent.headers), body: loggedBody(exchange, sent.body, "reply") },
  };
}
