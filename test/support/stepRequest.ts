import { planOf } from "../../components/settings/plan";
import { policyOf } from "../../components/settings/policy";
import type { LiveState, StepRequest } from "../../components/rollout/step";
import type { TrafficState, Weights } from "../../components/rollout/weights";
import { stateOf } from "./trafficStates";
import type { RolloutPlanArgs, RolloutPolicyArgs } from "../../components/args/rollout";

export const NOW = new Date("2026-11-24T12:00:00Z");

/** A live endpoint whose traffic is what was applied last. */
export function settled(traffic: Weights, more: Partial<LiveState> = {}): LiveState {
  const state = stateOf(traffic, more.mirrorTraffic);
  return { ...state, lastApplied: [state], ...more };
}

/** A request for one step, without limits unless they are given. */
export function requestOf(
  declared: TrafficState,
  live: LiveState | undefined,
  { policy, plan, ...more }: Limits & Pick<Partial<StepRequest>, "acceptLive" | "now" | "weightsFrom"> = {},
): StepRequest {
  return { declared, live, policy: policyOf(policy), plan: plan && planOf(plan), now: NOW, ...more };
}

interface Limits {
  readonly policy?: RolloutPolicyArgs;
  readonly plan?: RolloutPlanArgs;
}
