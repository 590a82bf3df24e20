import type { GateArgs } from "./gates";

/** How stack config holds the weights. */
export const WeightsFrom = {
  /** `candidate` and `candidateTraffic`. */
  Candidate: "candidate",
  /** The map `traffic`. */
  Traffic: "traffic",
} as const;

export type WeightsFrom = (typeof WeightsFrom)[keyof typeof WeightsFrom];

/** How fast weights may move, and how long a write is checked. */
export interface RolloutPolicyArgs {
  /**
   * The most points that a candidate's weight may rise in one step, 1 to 100. Going back is never limited.
   *
   * @default 100
   */
  readonly maxIncrease?: number;
  /**
   * The most live weight that a deployment may have in the update that creates it, or that changes something tested
   * (model, environment, code, variables, request settings, probes), 0 to 100. It applies once the endpoint serves: a
   * first deployment may have everything. Mirror traffic is not limited.
   *
   * @default 0
   */
  readonly maxInitialWeight?: number;
  /**
   * Minutes that must pass after a traffic step before a candidate's weight may rise again, 0 to 10080 (a week).
   *
   * @default 0
   */
  readonly bakeMinutes?: number;
  /**
   * How many seconds after a write the live weights are read, until they are the declared ones, 1 to 3600.
   * If they are not by then, the update fails and nothing is deleted.
   *
   * @default 300
   */
  readonly verifyTimeoutSeconds?: number;
  /**
   * Requests per minute that the endpoint usually gets, 1 to 1,000,000: the preview then says how many of them a
   * candidate will answer.
   *
   * @default - not known, and not mentioned
   */
  readonly expectedRequestsPerMinute?: number;
}

/** Copies of live requests that go to the candidate before it gets any itself. */
export interface MirrorStageArgs {
  /** Share of the live requests that is copied, 1 to 50 percent (Azure ML allows no more). */
  readonly percent: number;
  /**
   * Minutes that the candidate is mirrored before it may get weight, 0 to 10080 (a week).
   *
   * @default 0, and it may get weight without having been mirrored
   */
  readonly minutes?: number;
}

/**
 * The plan of a rollout: the weights that a candidate goes through, and how long each lasts. Where a rollout is in it
 * follows from the live weights; nothing else is stored.
 */
export interface RolloutPlanArgs {
  /**
   * Weights of the candidate in whole percent, rising, each 1 to 100, the last one 100. Any other weight may be declared
   * as well; the preview says that it is not in the plan.
   *
   * @default [10, 25, 50, 100]
   */
  readonly steps?: number[];
  /**
   * Minutes that must pass after a step, or after the mirror traffic has begun, before the candidate's weight may rise
   * again, 0 to 10080 (a week). `policy.bakeMinutes` is the same rule for weights without a plan; set one of them.
   *
   * @default 0
   */
  readonly bakeMinutes?: number;
  /**
   * A stage before the first step, in which live requests are copied to the candidate. Only for managed endpoints.
   *
   * @default - none
   * @example { percent: 10, minutes: 30 }
   */
  readonly mirror?: MirrorStageArgs;
  /**
   * Minutes that the old deployment stays after the candidate has got all of the traffic, 0 to 10080 (a week): removing
   * it earlier is refused.
   *
   * @default 0
   */
  readonly retireAfterMinutes?: number;
  /**
   * What is asked before a candidate's weight rises, by name: each gate passes, fails or is inconclusive, and only a pass
   * lets the weight rise. None is asked on the way back, for mirror traffic, or before the endpoint serves.
   *
   * @default - none
   * @example { smoke: { request: { predictions: 1 } }, errors: { errors: { maxPercent: 1 } } }
   */
  readonly gates?: { readonly [name: string]: GateArgs };
  /**
   * The most requests of a step that may be answered badly before its weight can be given back, 1 to 1,000,000,000: a
   * step that could exceed it is refused. It needs `policy.expectedRequestsPerMinute`, or requests that Azure Monitor knows.
   *
   * @default - not limited
   */
  readonly maxBadRequests?: number;
  /**
   * Minutes from the end of the bake time until a bad step is noticed and its weight given back, 0 to 1440, for
   * `maxBadRequests`. Azure Monitor knows of a request after up to five.
   *
   * @default 5
   */
  readonly gateDelayMinutes?: number;
  /**
   * Why the rollout is paused, in words: while it is, no candidate's weight or mirror traffic rises. Going back is never
   * held up.
   *
   * @default - it is not paused
   * @example "p95 has doubled, we are looking into it"
   */
  readonly paused?: string;
}
