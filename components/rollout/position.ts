import type { RolloutPlan } from "../settings/plan";

/** Where a candidate is in its plan. */
export interface PlanPosition {
  /** Steps whose weight the candidate has reached; 0 before the first one. */
  readonly step: number;
  readonly of: number;
  /** Whether the weight is one of the plan's, or 0. */
  readonly isOnPlan: boolean;
  /** Whether the candidate gets copies of live requests, before the first step. */
  readonly isMirrored: boolean;
  /** The plan's next stage; undefined once the candidate has all traffic. */
  readonly next?: PlanStage;
}

/** A stage of a plan: mirror traffic or a live weight, in percent. */
export interface PlanStage {
  readonly kind: "mirror" | "weight";
  readonly percent: number;
}

/** Where declared weights are in a plan. */
export interface PlanStanding {
  readonly steps: readonly number[];
  /** Steps whose weight the candidate has reached; 0 before the first one, and when the plan is about no one candidate. */
  readonly step: number;
  readonly of: number;
  /** `step 2 of 4`. */
  readonly text: string;
  /** The deployment that the plan is about. */
  readonly candidate?: string;
  /** What the plan does next with it. */
  readonly next?: PlanStage;
}

/** The stages of a plan in order. */
export function stagesOf({ steps, mirror }: RolloutPlan): readonly PlanStage[] {
  const weights = steps.map((percent) => ({ kind: "weight", percent }) as const);
  return mirror === undefined ? weights : [{ kind: "mirror", percent: mirror.percent }, ...weights];
}

/**
 * Where a candidate is in its plan, from its weights alone.
 *
 * @param weight - live requests that it answers, in percent
 * @param mirrored - live requests that are copied to it, in percent
 */
export function positionOf(plan: RolloutPlan, weight: number, mirrored: number): PlanPosition {
  const { steps, mirror } = plan;
  const reached = steps.filter((step) => step <= weight).length;
  const isMirrored = weight === 0 && mirrored > 0;
  const next =
    weight === 0 && !isMirrored && mirror !== undefined ? mirrorStage(mirror.percent) : weightStage(steps[reached]);
  return {
    step: reached,
    of: steps.length,
    isOnPlan: weight === 0 || steps.includes(weight),
    isMirrored,
    ...(next && { next }),
  };
}

/** `step 2 of 4`, `mirrored, before step 1 of 4`, `between steps 2 and 3 of 4 (30 is not in the plan)`. */
export function describePosition({ step, of, isOnPlan, isMirrored }: PlanPosition, weight: number): string {
  if (isMirrored) return `mirrored, before step 1 of ${of}`;
  if (isOnPlan) return step === 0 ? `before step 1 of ${of}` : `step ${step} of ${of}`;
  const where = step === 0 ? `before step 1 of ${of}` : `between steps ${step} and ${step + 1} of ${of}`;
  return `${where} (${weight} is not in the plan)`;
}

function mirrorStage(percent: number): PlanStage {
  return { kind: "mirror", percent };
}

function weightStage(percent: number | undefined): PlanStage | undefined {
  return percent === undefined ? undefined : { kind: "weight", percent };
}
