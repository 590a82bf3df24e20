import { risingCandidates, stableOf } from "./roles";
import type { LiveState, StepRequest } from "./step";
import { NO_TRAFFIC, isServing } from "./weights";

/** Every part of a request, so that none is forgotten when they are put together one by one. */
type Request = { readonly [part in keyof Required<StepRequest>]: StepRequest[part] };

/** What a rule decides with. */
export interface StepFacts extends Omit<Request, "live"> {
  readonly live: LiveState;
  /** The stable deployment of the step; undefined while none clearly is. */
  readonly stable: string | undefined;
  /** Candidates that rise while the endpoint serves: limits hold only for them, and the way back is always open. */
  readonly rising: readonly string[];
}

const NOTHING_LIVE: LiveState = { ...NO_TRAFFIC, lastApplied: [] };

export function stepFacts(request: StepRequest): StepFacts {
  const { declared, live = NOTHING_LIVE } = request;
  const stable = stableOf(live, declared, live.stable);
  // Facts of one form are twice as fast to decide with as spread ones.
  return {
    declared,
    live,
    policy: request.policy,
    plan: request.plan,
    load: request.load,
    acceptLive: request.acceptLive,
    allowOutage: request.allowOutage,
    isProtected: request.isProtected,
    now: request.now,
    weightsFrom: request.weightsFrom,
    configNamespace: request.configNamespace,
    stable,
    rising: isServing(live) ? risingCandidates(live, declared, stable) : [],
  };
}
