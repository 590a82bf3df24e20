import { randomUUID } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

/** The ids of a request, as the service answers them. */
export interface RequestIds {
  readonly requestId: string;
  readonly clientRequestId: string | undefined;
}

const MAX_CLIENT_ID = 40;

/**
 * The service gives each request a GUID, whatever the client sent. It keeps the client's own id as letters, digits,
 * hyphens and underscores, 40 at the most ("how-to-troubleshoot-online-endpoints", request tracing).
 */
export function requestIds(headers: IncomingHttpHeaders): RequestIds {
  const given = headers["x-ms-client-request-id"];
  const clientRequestId =
    typeof given === "string" ? given.replaceAll(/[^\w-]/g, "").slice(0, MAX_CLIENT_ID) : undefined;
  return { requestId: randomUUID(), clientRequestId };
}
