import type { RolloutPlan } from "../settings/plan";
import { describePosition, positionOf } from "./position";
import type { PlanStanding } from "./position";
import { candidatesOf } from "./roles";
import { hasWeight, weightOf } from "./weights";
import type { TrafficState } from "./weights";

/** @param home - the stable deployment, undefined when none clearly is */
export function standingOf(plan: RolloutPlan, declared: TrafficState, home: string | undefined): PlanStanding {
  const { steps } = plan;
  const nowhere = { steps, step: 0, of: steps.length };
  if (home === undefined) return { ...nowhere, text: "no deployment is clearly the stable one" };
  const candidates = candidatesOf(declared, home);
  const [candidate] = candidates;
  if (candidate === undefined) return { ...nowhere, text: "no candidate is declared" };
  if (candidates.length > 1 && hasWeight(declared, candidate)) {
    return { ...nowhere, text: `${candidates.join(", ")} get requests; the plan is for one candidate` };
  }
  const weight = weightOf(declared.traffic, candidate);
  const position = positionOf(plan, weight, weightOf(declared.mirrorTraffic, candidate));
  const { step, of, next } = position;
  const text = describePosition(position, weight);
  if (candidates.length > 1) return { steps, step, of, text };
  return { steps, step, of, text, candidate, ...(next && { next }) };
}
