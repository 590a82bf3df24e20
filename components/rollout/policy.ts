import { checkKeys, isMap } from "./shape";
import { show } from "./violation";
import type { Violation } from "./violation";

/** How fast weights may move and how long a write is checked. */
export interface RolloutPolicyArgs {
  /**
   * The most points a candidate's weight may rise in one step, 1 to 100. The way back is never limited.
   *
   * @default 100
   */
  readonly maxIncrease?: number;
  /**
   * The most live weight that a deployment may have in the update that creates it, or that changes what was tested of it
   * (model, environment, code, variables, request settings, probes), 0 to 100. It holds once the endpoint serves: a first
   * deployment may have all. Mirror traffic is not limited.
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
   * Seconds that the live weights are read after a write until they are the declared ones, 1 to 3600.
   * When they are not by then, the update fails and nothing is deleted.
   *
   * @default 300
   */
  readonly verifyTimeoutSeconds?: number;
  /**
   * Requests a minute that the endpoint usually gets, 1 to 1,000,000: the preview then says how many of them a candidate
   * answers.
   *
   * @default - not known, nothing is said
   */
  readonly expectedRequestsPerMinute?: number;
}

/** A policy with every value set that has a default. */
export type RolloutPolicy = Required<Omit<RolloutPolicyArgs, "expectedRequestsPerMinute">> &
  Pick<RolloutPolicyArgs, "expectedRequestsPerMinute">;

const RANGES: { readonly [key in keyof Required<RolloutPolicyArgs>]: readonly [number, number] } = {
  maxIncrease: [1, 100],
  maxInitialWeight: [0, 100],
  bakeMinutes: [0, 10_080],
  verifyTimeoutSeconds: [1, 3600],
  expectedRequestsPerMinute: [1, 1_000_000],
};

export function policyOf(args: RolloutPolicyArgs = {}): RolloutPolicy {
  return {
    maxIncrease: args.maxIncrease ?? 100,
    maxInitialWeight: args.maxInitialWeight ?? 0,
    bakeMinutes: args.bakeMinutes ?? 0,
    verifyTimeoutSeconds: args.verifyTimeoutSeconds ?? 300,
    ...(args.expectedRequestsPerMinute !== undefined && {
      expectedRequestsPerMinute: args.expectedRequestsPerMinute,
    }),
  };
}

export function checkPolicy(args: RolloutPolicyArgs = {}): Violation[] {
  const settings = Object.keys(RANGES);
  if (!isMap(args)) {
    return [{ path: "policy", reason: `must be a map of ${settings.join(", ")}, got ${show(args)}` }];
  }
  const outOfRange = Object.entries(RANGES).flatMap(([key, [min, max]]) => {
    const value: unknown = args[key as keyof RolloutPolicyArgs];
    const ok = typeof value === "number" && Number.isInteger(value) && value >= min && value <= max;
    if (value === undefined || ok) return [];
    return [{ path: `policy.${key}`, reason: `must be a whole number from ${min} to ${max}, got ${show(value)}` }];
  });
  return [...checkKeys("policy", args, settings), ...outOfRange];
}
