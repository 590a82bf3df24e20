import { checkKeys, isMap } from "../values/shape";
import { show } from "../values/violation";
import type { Violation } from "../values/violation";
import type { RolloutPolicyArgs } from "../args/rollout";

/** A policy with all defaults filled in. */
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
