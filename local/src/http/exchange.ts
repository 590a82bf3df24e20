import type { IncomingHttpHeaders } from "node:http";

/** A request as the services see it. */
export interface Exchange {
  readonly method: string;
  /** Path without query, with a single leading slash. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON unless it is a buffer or undefined. */
  readonly body?: unknown;
}

export function bearerToken(headers: IncomingHttpHeaders): string | undefined {
  return /^Bearer\s+(.+)$/i.exec(headers.authorization ?? "")?.[1];
}
