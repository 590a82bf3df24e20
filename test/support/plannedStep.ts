import type { RolloutPlanArgs, RolloutPolicyArgs } from "../../components/args/rollout";
import { WeightsFrom } from "../../components/args/rollout";
import { planStep } from "../../components/rollout/planStep";
import type { LiveState } from "../../components/rollout/step";
import type { TrafficState, Weights } from "../../components/rollout/weights";
import { requestOf, settled } from "./stepRequest";

const CHANGED = "2026-11-24T11:50:00.000Z";

/** A plan with a mirror stage and all times. */
export const MIRRORED = { mirror: { percent: 5, minutes: 30 }, bakeMinutes: 10, retireAfterMinutes: 60 };

export function live(traffic: Weights, mirrorTraffic: Weights = {}): LiveState {
  return settled(traffic, { mirrorTraffic, changedAt: CHANGED, stable: "default" });
}

export function step(declared: TrafficState, from: LiveState, plan: RolloutPlanArgs, policy: RolloutPolicyArgs = {}) {
  return planStep(requestOf(declared, from, { plan, policy, weightsFrom: WeightsFrom.Candidate }));
}
