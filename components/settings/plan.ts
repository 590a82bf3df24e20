import { gatesOf } from "./gates";
import type { Gate } from "./gates";
import type { MirrorStageArgs, RolloutPlanArgs } from "../args/rollout";

/** A plan with all defaults filled in. */
export interface RolloutPlan {
  /** Weights of the candidate in percent, rising, the last one 100. */
  readonly steps: readonly number[];
  readonly bakeMinutes: number;
  readonly mirror?: Required<MirrorStageArgs>;
  readonly retireAfterMinutes: number;
  readonly paused?: string;
  /** In the order of the program; left out when none is declared. */
  readonly gates?: readonly Gate[];
  readonly errorBudget?: ErrorBudget;
}

/** How many bad answers a step may give, and what decides how many it can. */
interface ErrorBudget {
  readonly maxBadRequests: number;
  /** From the end of the bake time until the weight is given back. */
  readonly gateDelayMinutes: number;
}

/** Source: Azure Monitor, "Metrics in Azure Monitor": a metric may come some minutes late. */
const DEFAULT_GATE_DELAY = 5;

/** From a first look to everybody, each step at most twice as many requests as the one before, or so. */
const DEFAULT_STEPS: readonly number[] = [10, 25, 50, 100];

export function planOf(args: RolloutPlanArgs = {}): RolloutPlan {
  const { steps = DEFAULT_STEPS, bakeMinutes = 0, mirror, retireAfterMinutes = 0, paused } = args;
  const { gates, maxBadRequests, gateDelayMinutes = DEFAULT_GATE_DELAY } = args;
  return {
    steps,
    bakeMinutes,
    ...(mirror && { mirror: { percent: mirror.percent, minutes: mirror.minutes ?? 0 } }),
    retireAfterMinutes,
    ...(paused !== undefined && { paused }),
    ...(gates && { gates: gatesOf(gates) }),
    ...(maxBadRequests !== undefined && { errorBudget: { maxBadRequests, gateDelayMinutes } }),
  };
}
