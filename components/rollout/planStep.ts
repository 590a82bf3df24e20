import { describeFutureChange } from "./changeTime";
import { describeExposure } from "./exposure";
import { describeStep, nextStep } from "./message";
import { nextCommand } from "./nextCommand";
import { retiringOf, stableOf } from "./roles";
import { STEP_RULES } from "./rules";
import type { Step, StepRequest } from "./step";
import { NO_TRAFFIC, sameTraffic } from "./weights";

/** Decides one traffic step: what is written, which rules are broken, and how it reads to a person. */
export function planStep(request: StepRequest): Step {
  const { declared, policy } = request;
  const live = request.live ?? { ...NO_TRAFFIC, lastApplied: [] };
  const stable = stableOf(live, declared, live.stable);
  const facts = { ...request, live, stable };
  const asked = STEP_RULES.map(({ name, check, use }) => ({ rule: name, broken: check(facts), use: use?.(facts) }));
  const violations = asked.flatMap(({ broken }) => broken);
  const changes = !sameTraffic(live, declared);
  const exposure = describeExposure(declared, stable, policy.expectedRequestsPerMinute);
  const future = describeFutureChange(live.changedAt, request.now);
  const command = nextCommand(declared, stable, policy, request);
  return {
    ...(changes && violations.length === 0 && { write: declared }),
    violations,
    rules: asked.map(({ rule, broken, use }) => ({
      rule,
      verdict: broken.length === 0 ? "kept" : "broken",
      ...use,
    })),
    message: describeStep(live, declared),
    retiring: retiringOf(live, declared),
    ...(exposure !== undefined && { exposure }),
    ...(future !== undefined && { warning: `${future}; the step writes the time again` }),
    next: nextStep(declared, stable),
    ...(command !== undefined && { command }),
  };
}
