import { isObject } from "../common/json";
import type { Exchange, Reply } from "../http/exchange";

/** Seconds that clients are told to wait between looks at an operation; `none` for nothing. */
export type RetryAfter = number | "none";

const STATUS_PATH = /\/(mfeOperationsStatus|workspaceOperationsStatus|operationStatuses)\/[^/]+$/i;
const ENDED = new Set<unknown>(["Succeeded", "Failed", "Canceled"]);

/** A reply with the `Retry-After` of a running operation as it is asked for; any other reply as it is. */
export function withRetryAfter(
  { path }: Pick<Exchange, "path">,
  reply: Reply,
  retryAfter: RetryAfter | undefined,
): Reply {
  if (retryAfter === undefined || !isPending(path, reply)) return reply;
  const { "retry-after": _, ...headers } = reply.headers ?? {};
  return { ...reply, headers: retryAfter === "none" ? headers : { ...headers, "retry-after": String(retryAfter) } };
}

function isPending(path: string, { status, headers = {}, body }: Reply): boolean {
  if (status === 202 || headers["azure-asyncoperation"] !== undefined) return true;
  return STATUS_PATH.test(path) && status === 200 && isObject(body) && "status" in body && !ENDED.has(body["status"]);
}
