import { risingCandidates } from "./roles";
import type { LiveState, StepRequest } from "./step";
import { isServing } from "./weights";

/** What a rule decides with: the request, the live state and the stable deployment of the step. */
export interface StepFacts extends Omit<StepRequest, "live"> {
  readonly live: LiveState;
  readonly stable: string | undefined;
}

/** Limits hold only for candidates that rise: the way back to the stable deployment is always open. */
export function rising({ declared, live, stable }: StepFacts): readonly string[] {
  return isServing(live) ? risingCandidates(live, declared, stable) : [];
}
