import { describeExposure } from "./exposure";
import { describeStep, nextStep } from "./message";
import { nextCommand } from "./nextCommand";
import { stableOf } from "./roles";
import { STEP_RULES } from "./rules";
import type { Step, StepRequest } from "./step";
import { NO_TRAFFIC, sameTraffic } from "./weights";

/** Decides one traffic step: what is written, which rules are broken, and how it reads to a person. */
export function planStep(request: StepRequest): Step {
  const { declared, policy } = request;
  const live = request.live ?? { ...NO_TRAFFIC, lastApplied: [] };
  const stable = stableOf(live, declared, live.stable);
  const asked = STEP_RULES.map(({ name, check }) => ({ rule: name, broken: check({ ...request, live, stable }) }));
  const violations = asked.flatMap(({ broken }) => broken);
  const changes = !sameTraffic(live, declared);
  const exposure = describeExposure(declared, stable, policy.expectedRequestsPerMinute);
  const command = nextCommand(declared, stable, policy, request.weightsFrom);
  return {
    ...(changes && violations.length === 0 && { write: declared }),
    violations,
    rules: asked.map(({ rule, broken }) => ({ rule, verdict: broken.length === 0 ? "kept" : "broken" })),
    message: describeStep(live, declared),
    ...(exposure !== undefined && { exposure }),
    next: nextStep(declared, stable),
    ...(command !== undefined && { command }),
  };
}
