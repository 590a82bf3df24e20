import type { ArmErrorDetail } from "../arm/errors";
import { parseId, segmentAfter } from "../arm/ids";
import type { Exchange, Reply } from "../http/exchange";
import { TokenBucket } from "./tokenBucket";
import type { BucketLimit } from "./tokenBucket";

type Operation = "reads" | "writes" | "deletes";

/**
 * "Understand how Azure Resource Manager throttles requests": for each subscription, principal and region of the caller, and
 * the same again for what is above subscriptions. There is one principal and one region here. That a POST is a write is
 * assumed.
 */
const LIMITS: Readonly<Record<Operation, BucketLimit>> = {
  reads: { size: 250, perSecond: 25 },
  writes: { size: 200, perSecond: 10 },
  deletes: { size: 200, perSecond: 10 },
};
const OPERATIONS: ReadonlyMap<string, Operation> = new Map([
  ["GET", "reads"],
  ["HEAD", "reads"],
  ["DELETE", "deletes"],
]);

/** Lets clients make as many requests as Azure Resource Manager does, in virtual time. */
export class Throttle {
  private readonly buckets = new Map<string, TokenBucket>();

  /** @param now - milliseconds of virtual time */
  constructor(private readonly now: () => number) {}

  /** Has a request answered, and the requests that are left told; or refuses it, and says when to come back. */
  async serve(exchange: Exchange, answer: () => Promise<Reply>): Promise<Reply> {
    const { method, path } = exchange;
    const subscriptionId = segmentAfter(path, "subscriptions");
    const operation = OPERATIONS.get(method) ?? "writes";
    const left = this.bucket(`${subscriptionId?.toLowerCase() ?? ""}/${operation}`, LIMITS[operation]);
    const waitMs = left.take(this.now());
    if (waitMs > 0) return tooMany(method, path, Math.ceil(waitMs / 1000));
    const scope = subscriptionId === undefined ? "tenant" : "subscription";
    const remaining = { [`x-ms-ratelimit-remaining-${scope}-${operation}`]: String(left.tokens) };
    const reply = await answer();
    return { ...reply, headers: { ...reply.headers, ...remaining } };
  }

  /** Fills every bucket. */
  clear(): void {
    this.buckets.clear();
  }

  private bucket(key: string, limit: BucketLimit): TokenBucket {
    const bucket = this.buckets.get(key) ?? new TokenBucket(limit, this.now());
    this.buckets.set(key, bucket);
    return bucket;
  }
}

function tooMany(method: string, path: string, seconds: number): Reply {
  return {
    status: 429,
    headers: { "retry-after": String(seconds) },
    body: { error: throttled(method, path, seconds) },
  };
}

/** The refusal of a request too many (MicrosoftDocs/azure-docs#105248). It names the operation by its method and the types in its path. */
export function throttled(method: string, path: string, seconds: number): ArmErrorDetail {
  const { subscriptionId = "", resourceGroup, provider, types = [] } = parseId(path) ?? {};
  const scope = ["subscriptions", ...(resourceGroup === undefined ? [] : ["resourcegroups"])];
  const operation = [method, ...scope, ...(provider === undefined ? [] : ["providers", provider]), ...types].join("/");
  return {
    code: "SubscriptionRequestsThrottled",
    message: `Number of requests for subscription '${subscriptionId}' and operation '${operation.toUpperCase()}' exceeded the backend storage limit. Please try again after '${seconds}' seconds.`,
  };
}
