import type { Effect, Stage, Target } from "./rule";

/** A fault of the real service, under a name. */
export interface KnownFault {
  readonly stage: Stage;
  /** The requests it concerns unless a rule says otherwise. */
  readonly match: string;
  /** Where it was seen or is documented, and which part of it is assumed. */
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
