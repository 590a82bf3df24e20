import { describeFutureChange } from "./changeTime";
import { decisionOf } from "./decideStep";
import { describeBound } from "./errorBudget";
import { describeExposure } from "./exposure";
import { describeStep } from "./message";
import { nextCommand } from "./nextCommand";
import { nextStep } from "./nextStep";
import { plannedNext } from "./plannedNext";
import type { PlannedNext } from "./plannedNext";
import { homeOf, retiringOf, stableOf } from "./roles";
import { standingOf } from "./standing";
import type { LiveState, Step, StepRequest } from "./step";
import { stepFacts } from "./stepFacts";
import { describeWait } from "./waits";
import { sameTraffic } from "./weights";

/** Decides one traffic step: what is written, which rules are broken, and how it reads to a person. */
export function planStep(request: StepRequest): Step {
  const { declared, policy } = request;
  const facts = stepFacts(request);
  const { live, stable } = facts;
  const exposure = describeExposure(declared, stable, policy.expectedRequestsPerMinute);
  const bound = describeBound(facts);
  const future = describeFutureChange(live.changedAt, request.now);
  return {
    ...decisionOf(facts),
    message: describeStep(live, declared),
    retiring: retiringOf(live, declared),
    ...(exposure !== undefined && { exposure }),
    ...(bound !== undefined && { bound }),
    ...(future !== undefined && { warning: `${future}; the step writes the time again` }),
    ...outlookOf(request, live),
  };
}

/** Where a step leads in the plan, if one is declared, and what comes next. */
function outlookOf(request: StepRequest, live: LiveState): Pick<Step, "plan" | "wait" | "next" | "command"> {
  const { declared, policy, plan } = request;
  const home = homeOf(live, declared);
  if (plan === undefined) return nextOf(request, home);
  const planHome = home ?? stableOf(declared, declared, undefined);
  const standing = standingOf(plan, declared, planHome);
  const wait = sameTraffic(live, declared) ? undefined : describeWait(request, standing.candidate);
  return {
    plan: standing,
    ...(wait !== undefined && { wait }),
    ...nextOf(request, planHome, plannedNext(plan, standing, declared, policy)),
  };
}

function nextOf(request: StepRequest, home: string | undefined, planned?: PlannedNext): Pick<Step, "next" | "command"> {
  const { declared, policy } = request;
  const command = nextCommand(declared, home, policy, request, planned);
  return { next: nextStep(declared, home, planned), ...(command !== undefined && { command }) };
}
