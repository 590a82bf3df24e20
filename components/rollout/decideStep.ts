import { STEP_RULES } from "./rules";
import type { StepDecision, StepRequest } from "./step";
import { stepFacts } from "./stepFacts";
import type { StepFacts } from "./stepFacts";
import { sameTraffic } from "./weights";

/** Decides a step: what is written, and which rules are broken. What is said of it is in `planStep`. */
export function decideStep(request: StepRequest): StepDecision {
  return decisionOf(stepFacts(request));
}

export function decisionOf(facts: StepFacts): StepDecision {
  const { declared, live, plan } = facts;
  const rules = STEP_RULES.filter(
    ({ isOfPlan, isAsked }) => (isOfPlan === undefined || plan !== undefined) && (isAsked?.(facts) ?? true),
  );
  const asked = rules.map(({ name, check, use }) => ({ rule: name, broken: check(facts), use: use?.(facts) }));
  const violations = asked.flatMap(({ broken }) => broken);
  return {
    ...(violations.length === 0 && !sameTraffic(live, declared) && { write: declared }),
    violations,
    rules: asked.map(({ rule, broken, use }) => ({ rule, verdict: broken.length === 0 ? "kept" : "broken", ...use })),
  };
}
