import type { ArmErrorDetail } from "../arm/errors";
import { segmentAfter } from "../arm/ids";
import { objectAt, textAt } from "../common/json";
import { jsonOf } from "../http/exchange";
import type { Exchange } from "../http/exchange";

/** A fault rule: which requests, how often, and the effect. */
export interface FaultRule {
  readonly id: string;
  /** As it was given. */
  readonly given: Readonly<Record<string, unknown>>;
  readonly stage: Stage;
  /** Searched, without case, in `METHOD /path`. */
  readonly pattern: RegExp;
  /** Name of the only deployment that it applies to. */
  readonly deployment: string | undefined;
  /** Matching requests that are let through first. */
  readonly after: number;
  /** Most requests that it is applied to. */
  readonly times: number;
  /** Share of the matching requests that it is applied to, above 0 and at most 1. */
  readonly rate: number;
  readonly seed: number;
  effect(target: Target): Effect;
}

/** A request on arrival, or its scoring in a deployment's container. */
export type Stage = "request" | "scoring";

/** What a request is about, from its path and body. */
export interface Target {
  readonly method: string;
  readonly path: string;
  readonly subscriptionId: string;
  readonly workspace: string;
  readonly endpoint: string;
  readonly deployment: string;
  readonly instanceType: string;
}

/** The effects of a fault; each has one key. */
export type Effect = RequestEffect | ScoringEffect;

export type RequestEffect =
  /** Answers instead of the service. */
  | { readonly http: HttpAnswer }
  /** The operation that the request starts fails with this error when its time is over. */
  | { readonly lro: ArmErrorDetail }
  /** The operation that the request starts never ends. */
  | { readonly neverEnds: true }
  /** The service gets the request so many virtual seconds late. */
  | { readonly delaySeconds: number }
  /** The connection is closed: before the service got the request, or in place of its reply. */
  | { readonly drop: "request" | "reply" }
  /** The write is answered and ends as usual, and leaves everything as it was. */
  | { readonly notApplied: true }
  /** Reads after the write answer what was there before it: the old document, or 404 for what it created. */
  | { readonly staleFor: Staleness };

type ScoringEffect =
  /** The container answers this error: the caller gets 424. */
  | { readonly modelError: { readonly status: number; readonly message: string } }
  /** The container takes so many virtual seconds longer: 408 from the deployment's request timeout on. */
  | { readonly latencySeconds: number }
  /** The deployment has no room for another request: the caller gets 429. */
  | { readonly saturated: true }
  /** The caller gets 200 and answers that differ from the model's in every row. */
  | { readonly wrongAnswer: true };

export interface HttpAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** For this many reads or virtual seconds; after an update from its end on, after a create at once. */
export type Staleness = { readonly reads: number } | { readonly seconds: number };

/** A fault of the real service, under a name. */
export interface KnownFault {
  readonly stage: Stage;
  /** The requests it applies to by default. */
  readonly match: string;
  /** Where it was seen or is documented, and which part is assumed. */
  readonly source: string;
  effect(target: Target): Effect;
}

export type KnownFaults = Readonly<Record<string, KnownFault>>;

export const PUT_ENDPOINT = "^PUT .*/onlineEndpoints/[^/]+$";
export const PUT_DEPLOYMENT = "^PUT .*/onlineEndpoints/[^/]+/deployments/[^/]+$";
export const GET_DEPLOYMENT = "^GET .*/onlineEndpoints/[^/]+/deployments/[^/]+$";
export const PUT_TEMPLATE = "^PUT .*/Microsoft\\.Resources/deployments/[^/]+$";
export const SCORE = "^POST /endpoints/[^/]+/[^/]+/score$";
export const ANY = "^[A-Z]+ /subscriptions/";

export const TROUBLESHOOTING = "learn.microsoft.com/azure/machine-learning/how-to-troubleshoot-online-endpoints";

/** Values that fault texts refer to. */
export function targetOf(exchange: Exchange): Target {
  const { method, path } = exchange;
  const name = (type: string): string => segmentAfter(path, type) ?? "";
  return {
    method,
    path,
    subscriptionId: name("subscriptions"),
    workspace: name("workspaces"),
    endpoint: name("onlineEndpoints"),
    deployment: name("deployments"),
    instanceType: textAt(objectAt(jsonOf(exchange), "properties"), "instanceType") ?? "Standard_F4s_v2",
  };
}
