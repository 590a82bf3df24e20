import { positionOf } from "../../components/rollout/position";
import type { RolloutPlan } from "../../components/settings/plan";

/** Something that a rollout still has before it. */
export interface RemainingStage {
  /** Mirror traffic, a live weight, or the removal of the old deployment. */
  readonly kind: "mirror" | "weight" | "remove";
  readonly deployment: string;
  /** Of the requests; left out for a removal. */
  readonly percent?: number;
  /** When it may be at the earliest, each stage before it taken as early as it may be; RFC 3339. */
  readonly earliest: string;
}

/** Where a rollout is after the update that is looked at. */
export interface RolloutStanding {
  readonly plan: RolloutPlan;
  /** Minutes between two steps by `policy`, where the plan gives none. */
  readonly policyBakeMinutes: number;
  /** The most points of one step. */
  readonly maxIncrease: number;
  readonly candidate: string;
  readonly stable: string | undefined;
  /** Of the candidate, in percent. */
  readonly weight: number;
  readonly mirrored: number;
  /** When the weights are, or were, written, RFC 3339; undefined where that is not known. */
  readonly since: string | undefined;
}

/** A step of one point at a time. */
const MOST = 110;

/** What the plan has after an update, in order, with the earliest times. */
export function remainingStages(standing: RolloutStanding, now: Date): readonly RemainingStage[] {
  const { plan, policyBakeMinutes, maxIncrease, candidate, stable } = standing;
  const bake = plan.bakeMinutes > 0 ? plan.bakeMinutes : policyBakeMinutes;
  const found: RemainingStage[] = [];
  let { weight, mirrored } = standing;
  let since = Date.parse(standing.since ?? "");
  const after = (minutes: number): number =>
    Number.isNaN(since) ? now.getTime() : Math.max(now.getTime(), since + minutes * 60_000);
  while (weight < 100 && found.length < MOST) {
    const { next, isMirrored } = positionOf(plan, weight, mirrored);
    if (next === undefined) return found;
    const isMirror = next.kind === "mirror";
    const percent = isMirror ? next.percent : Math.min(next.percent, weight + maxIncrease);
    // Mirror traffic may begin at any time.
    since = after(isMirror ? 0 : Math.max(bake, isMirrored ? (plan.mirror?.minutes ?? 0) : 0));
    found.push({ kind: next.kind, deployment: candidate, percent, earliest: new Date(since).toISOString() });
    [weight, mirrored] = isMirror ? [weight, percent] : [percent, 0];
  }
  if (stable === undefined) return found;
  const earliest = new Date(after(plan.retireAfterMinutes)).toISOString();
  return [...found, { kind: "remove", deployment: stable, earliest }];
}
