import { risingCandidates, stableOf } from "./roles";
import type { LiveState, StepRequest } from "./step";
import { NO_TRAFFIC, isServing } from "./weights";

/** What a rule decides with. */
export interface StepFacts extends Omit<StepRequest, "live"> {
  readonly live: LiveState;
  /** The stable deployment of the step; undefined while none clearly is. */
  readonly stable: string | undefined;
  /** Candidates that rise while the endpoint serves: limits hold only for them, and the way back is always open. */
  readonly rising: readonly string[];
}

export function stepFacts(request: StepRequest): StepFacts {
  const { declared } = request;
  const live = request.live ?? { ...NO_TRAFFIC, lastApplied: [] };
  const stable = stableOf(live, declared, live.stable);
  return { ...request, live, stable, rising: isServing(live) ? risingCandidates(live, declared, stable) : [] };
}
