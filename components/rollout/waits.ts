import { bakeMinutesLeft, endOf, isInstant } from "./changeTime";
import type { LimitUse, LiveState, StepRequest } from "./step";
import type { StepFacts } from "./stepFacts";
import { weightOf } from "./weights";

/** A time that must pass after a step, and the setting that says so. */
export interface Wait {
  readonly setting: string;
  readonly minutes: number;
}

/** The time between two steps; only one of the two settings is given. */
export function bakeTimeOf({ plan, policy }: Pick<StepRequest, "plan" | "policy">): Wait {
  const ofPlan = plan?.bakeMinutes ?? 0;
  return ofPlan > 0
    ? { setting: "rollout.bakeMinutes", minutes: ofPlan }
    : { setting: "policy.bakeMinutes", minutes: policy.bakeMinutes };
}

/** The time that a candidate is mirrored before it gets weight. */
export function mirrorTimeOf({ plan }: Pick<StepRequest, "plan">): Wait {
  return { setting: "rollout.mirror.minutes", minutes: plan?.mirror?.minutes ?? 0 };
}

/** The time that the old deployment stays. */
export function retireTimeOf({ plan }: Pick<StepRequest, "plan">): Wait {
  return { setting: "rollout.retireAfterMinutes", minutes: plan?.retireAfterMinutes ?? 0 };
}

/** How much of a time after the last step is over; undefined without a limit, or a record of that step. */
export function useOfTime({ live, now }: Pick<StepFacts, "live" | "now">, limit: number): LimitUse | undefined {
  if (limit === 0 || !isInstant(live.changedAt)) return undefined;
  return { used: Math.max(0, limit - bakeMinutesLeft(live.changedAt, limit, now)), limit };
}

/** What comes next for a candidate waits for; undefined when for nothing. */
interface NextWait extends Wait {
  readonly before: string;
}

function nextWait(request: StepRequest, candidate: string | undefined): NextWait | undefined {
  if (candidate === undefined) return undefined;
  const { traffic, mirrorTraffic } = request.declared;
  const weight = weightOf(traffic, candidate);
  if (weight === 100) return { ...retireTimeOf(request), before: "before the old deployment may be removed" };
  const isMirrored = weight === 0 && weightOf(mirrorTraffic, candidate) > 0;
  // Mirror traffic may begin at any time.
  if (weight === 0 && !isMirrored && request.plan?.mirror !== undefined) return undefined;
  const [bake, mirror] = [bakeTimeOf(request), mirrorTimeOf(request)];
  const longest = isMirrored && mirror.minutes > bake.minutes ? mirror : bake;
  return { ...longest, before: "before the next step" };
}

/** After a step: `wait     30 min before the next step (rollout.bakeMinutes)`. */
export function describeWait(request: StepRequest, candidate: string | undefined): string | undefined {
  const wait = nextWait(request, candidate);
  return wait === undefined || wait.minutes === 0
    ? undefined
    : `wait     ${wait.minutes} min ${wait.before} (${wait.setting})`;
}

/** Between steps: `wait     12 more min before the next step, until 2026-11-24T12:12:00.000Z (rollout.bakeMinutes is 30)`. */
export function describeWaitLeft(
  request: StepRequest,
  { changedAt }: LiveState,
  candidate: string | undefined,
): string | undefined {
  const wait = nextWait(request, candidate);
  if (wait === undefined || changedAt === undefined) return undefined;
  const { setting, minutes, before } = wait;
  const left = bakeMinutesLeft(changedAt, minutes, request.now);
  if (left === 0) return undefined;
  return `wait     ${left} more min ${before}, until ${endOf(changedAt, minutes, request.now)} (${setting} is ${minutes})`;
}
