import type { RolloutPlan } from "../settings/plan";
import type { RolloutPolicy } from "../settings/policy";
import type { PlanStage, PlanStanding } from "./position";
import { weightOf } from "./weights";
import type { TrafficState } from "./weights";

/** What a plan does next with its candidate. */
export interface PlannedNext {
  readonly candidate: string;
  /** The next stage of the plan, or as much of it as `maxIncrease` allows. */
  readonly stage: PlanStage;
  /** Why that is held up. */
  readonly paused?: string;
}

/** @returns undefined when the plan is about no one candidate, or at its end */
export function plannedNext(
  { paused }: RolloutPlan,
  { candidate, next }: PlanStanding,
  { traffic }: TrafficState,
  { maxIncrease }: RolloutPolicy,
): PlannedNext | undefined {
  if (candidate === undefined || next === undefined) return undefined;
  const most = next.kind === "weight" ? weightOf(traffic, candidate) + maxIncrease : 100;
  const stage = { kind: next.kind, percent: Math.min(next.percent, most) };
  return { candidate, stage, ...(paused !== undefined && { paused }) };
}
