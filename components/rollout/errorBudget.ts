import { poissonUpper } from "../statistics/upperBounds";
import type { Violation } from "../values/violation";
import type { LimitUse, StepRequest } from "./step";
import type { StepFacts } from "./stepFacts";
import { bakeTimeOf } from "./waits";
import { weightOf } from "./weights";

/**
 * How often a step may exceed its bound by the chance of how many requests come. The bound is at least the upper quantile of
 * their number, a Poisson distribution.
 */
const CHANCE = 0.001;
/** With the chance that a share of bad answers is underestimated, which is as small. */
const BOUND_HOLDS = "99.8 %";

/** Whether a step is compared with an error budget. */
export function hasErrorBudget({ plan, load }: StepRequest): boolean {
  return plan?.errorBudget !== undefined && load !== undefined;
}

/** The most bad answers of a candidate until its weight can be given back, and what decides them. */
interface Bound {
  readonly candidate: string;
  readonly answers: number;
  /** Of the candidate's requests, 0 to 1. */
  readonly share: number;
  readonly minutes: number;
  readonly requestsPerMinute: number;
}

function boundsOf(facts: StepFacts): readonly Bound[] {
  const { plan, load, declared } = facts;
  const rate = load?.requestsPerMinute;
  if (plan?.errorBudget === undefined || load === undefined || rate === undefined) return [];
  const minutes = bakeTimeOf(facts).minutes + plan.errorBudget.gateDelayMinutes;
  return facts.rising.map((candidate) => {
    const share = load.badShares[candidate] ?? 1;
    const requestsPerMinute = (rate * weightOf(declared.traffic, candidate)) / 100;
    return {
      candidate,
      answers: poissonUpper(requestsPerMinute * share * minutes, CHANCE),
      share,
      minutes,
      requestsPerMinute,
    };
  });
}

/** A candidate's weight may only rise as far as the budget allows, should it turn out to be as bad as it can be. */
export function checkErrorBudget(facts: StepFacts): Violation[] {
  const { plan, load } = facts;
  if (plan?.errorBudget === undefined || load === undefined) return [];
  const { maxBadRequests } = plan.errorBudget;
  if (load.requestsPerMinute === undefined && facts.rising.length > 0) {
    const reason =
      "cannot be kept: no rate of requests is known, neither policy.expectedRequestsPerMinute nor from Azure Monitor; set it, " +
      "or remove rollout.maxBadRequests";
    return [{ path: "rollout.maxBadRequests", reason }];
  }
  return boundsOf(facts)
    .filter(({ answers }) => answers > maxBadRequests)
    .map((bound) => ({
      path: `traffic.${bound.candidate}`,
      reason:
        `may give ${bound.answers} bad answers until its weight can be given back, more than rollout.maxBadRequests of ` +
        `${maxBadRequests}: ${describeWorst(bound)}; take a smaller step, or a shorter bake time`,
    }));
}

export function useOfErrorBudget(facts: StepFacts): LimitUse | undefined {
  const limit = facts.plan?.errorBudget?.maxBadRequests;
  const bounds = boundsOf(facts).map(({ answers }) => answers);
  return limit === undefined || bounds.length === 0 ? undefined : { used: Math.max(...bounds), limit };
}

/** `bound    at most 2247 bad answers in 99.8 % of such steps: ...`. */
export function describeBound(facts: StepFacts): string | undefined {
  const parts = boundsOf(facts).map((bound) => `at most ${bound.answers} bad answers ${describeWorst(bound)}`);
  return parts.length === 0 ? undefined : `bound    ${parts.join("; ")} (in ${BOUND_HOLDS} of such steps)`;
}

function describeWorst({ candidate, share, minutes, requestsPerMinute }: Bound): string {
  const part =
    share === 1
      ? `all answers of ${candidate}`
      : `${Number((100 * share).toPrecision(2))} % of the answers of ${candidate}`;
  return `if ${part} are bad for ${minutes} min at ${Math.round(requestsPerMinute)} requests a minute`;
}
