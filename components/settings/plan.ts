import type { MirrorStageArgs, RolloutPlanArgs } from "../args/rollout";

/** A plan with all defaults filled in. */
export interface RolloutPlan {
  /** Weights of the candidate in percent, rising, the last one 100. */
  readonly steps: readonly number[];
  readonly bakeMinutes: number;
  readonly mirror?: Required<MirrorStageArgs>;
  readonly retireAfterMinutes: number;
  readonly paused?: string;
}

/** From a first look to everybody, each step at most twice as many requests as the one before, or so. */
const DEFAULT_STEPS: readonly number[] = [10, 25, 50, 100];

export function planOf(args: RolloutPlanArgs = {}): RolloutPlan {
  const { steps = DEFAULT_STEPS, bakeMinutes = 0, mirror, retireAfterMinutes = 0, paused } = args;
  return {
    steps,
    bakeMinutes,
    ...(mirror && { mirror: { percent: mirror.percent, minutes: mirror.minutes ?? 0 } }),
    retireAfterMinutes,
    ...(paused !== undefined && { paused }),
  };
}
