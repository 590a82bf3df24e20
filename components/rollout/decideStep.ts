import { STEP_RULES } from "./rules";
import type { RuleVerdict, StepDecision, StepRequest } from "./step";
import { stepFacts } from "./stepFacts";
import type { StepFacts } from "./stepFacts";
import type { Violation } from "../values/violation";
import { sameTraffic } from "./weights";

/** Decides a step: what is written, and which rules are broken. What is said of it is in `planStep`. */
export function decideStep(request: StepRequest): StepDecision {
  return decisionOf(stepFacts(request));
}

export function decisionOf(facts: StepFacts): StepDecision {
  const { declared, live } = facts;
  const violations: Violation[] = [];
  const rules: RuleVerdict[] = [];
  for (const { name: rule, isAsked, check, use } of STEP_RULES) {
    if (isAsked?.(facts) === false) continue;
    const broken = check(facts);
    violations.push(...broken);
    const verdict = broken.length === 0 ? "kept" : "broken";
    const limit = use?.(facts);
    rules.push(limit === undefined ? { rule, verdict } : { rule, verdict, used: limit.used, limit: limit.limit });
  }
  const isWritten = violations.length === 0 && !sameTraffic(live, declared);
  return isWritten ? { write: declared, violations, rules } : { violations, rules };
}
