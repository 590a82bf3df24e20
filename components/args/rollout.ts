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
