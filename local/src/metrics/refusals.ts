import type { Reply } from "../http/exchange";

/** A query that Azure Monitor refuses or that is not emulated. */
export class MetricQueryError extends Error {}

export class FilterError extends Error {}

/** Azure Monitor does not wrap its errors in `error` ("Migrate from the metrics API to the getBatch API"). */
export function queryRefused({ message }: MetricQueryError): Reply {
  return { status: 400, body: { code: "BadRequest", message } };
}
