import { bakeMinutesLeft } from "../../components/rollout/changeTime";
import { positionOf } from "../../components/rollout/position";
import type { PlanPosition } from "../../components/rollout/position";
import type { RolloutView } from "../view/rolloutView";
import { candidateWeights, liveDeployment } from "./situation";
import type { Situation } from "./situation";

type Bake = NonNullable<RolloutView["bake"]>;

/** Where the candidate is in the plan, by its live weights; undefined without a candidate. */
export function placeInPlan(situation: Situation): PlanPosition | undefined {
  const { roles, declaration } = situation;
  if (roles.candidate === undefined) return undefined;
  const { weight, mirrored } = candidateWeights(situation);
  return positionOf(declaration.plan, weight, mirrored);
}

/** The time that the next stage of the plan waits for; undefined when it need not wait. */
export function bakeOf(situation: Situation): Bake | undefined {
  const { record, now } = situation;
  const minutes = minutesBeforeNext(situation);
  if (record.changedAt === undefined || bakeMinutesLeft(record.changedAt, minutes, now) === 0) return undefined;
  // The clocks of Azure and of this machine differ: a time ahead is now.
  const since = Math.min(Date.parse(record.changedAt), now.getTime());
  const time = (at: number): string => new Date(at).toISOString();
  return { since: time(since), until: time(since + minutes * 60_000), minutes };
}

/** When the next stage of the plan may come as far as times go, in milliseconds; undefined without a record of the last step. */
export function readyAtOf(situation: Situation): number | undefined {
  const changedAt = Date.parse(situation.record.changedAt ?? "");
  return Number.isNaN(changedAt) ? undefined : changedAt + minutesBeforeNext(situation) * 60_000;
}

function minutesBeforeNext(situation: Situation): number {
  const { roles, declaration } = situation;
  const { plan, bakeMinutes } = declaration;
  const place = placeInPlan(situation);
  if (place === undefined) return 0;
  if (place.next === undefined) return isKept(situation, roles.stable) ? plan.retireAfterMinutes : 0;
  // Copies of requests hurt nobody.
  if (place.next.kind === "mirror") return 0;
  return Math.max(bakeMinutes, place.isMirrored ? (plan.mirror?.minutes ?? 0) : 0);
}

/** Whether the old deployment is still there. */
function isKept(situation: Situation, stable: string | undefined): boolean {
  return stable !== undefined && liveDeployment(situation, stable) !== undefined;
}
