import type { FaultRule, Stage } from "./rule";

/** A rule and the requests it has seen. */
export interface CountedRule {
  readonly rule: FaultRule;
  readonly matched: number;
  readonly applied: number;
}

export interface RuleQuery {
  readonly stage: Stage;
  /** `METHOD /path` */
  readonly line: string;
  /** The deployment that scores. */
  readonly deployment?: string;
}

export interface RuleChoice {
  /** The rules with their updated counts. */
  readonly rules: readonly CountedRule[];
  readonly applied: FaultRule | undefined;
}

/**
 * Which rule is applied to a request: the first that matches and is due.
 *
 * Rules form a queue: rules after the applied one neither see nor count the request, so "twice 429, then once 500" is
 * two rules.
 */
export function chooseRule(rules: readonly CountedRule[], question: RuleQuery): RuleChoice {
  let applied: FaultRule | undefined;
  const counted = rules.map((entry) => {
    if (applied !== undefined || !matches(entry.rule, question)) return entry;
    const due = isDue(entry);
    if (due) applied = entry.rule;
    return { ...entry, matched: entry.matched + 1, applied: entry.applied + (due ? 1 : 0) };
  });
  return { rules: counted, applied };
}

function matches({ stage, pattern, deployment }: FaultRule, question: RuleQuery): boolean {
  if (stage !== question.stage || !pattern.test(question.line)) return false;
  return deployment === undefined || deployment.toLowerCase() === question.deployment?.toLowerCase();
}

function isDue({ rule, matched, applied }: CountedRule): boolean {
  return matched >= rule.after && applied < rule.times && seededRandom(rule.seed, matched) < rule.rate;
}

/** A number from 0 to below 1, the same for the same seed and index: Weyl sequence and the mixer of splitmix32. */
export function seededRandom(seed: number, index: number): number {
  let bits = (seed + Math.imul(index + 1, 0x9e3779b9)) | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x21f0aaad);
  bits = Math.imul(bits ^ (bits >>> 15), 0x735a2d97);
  return ((bits ^ (bits >>> 15)) >>> 0) / 2 ** 32;
}
