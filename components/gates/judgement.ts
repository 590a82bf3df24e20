import type { Finding } from "./verdict";

/**
 * How sure a gate is before it fails: a good candidate fails one that looks as often as it likes with a probability of at
 * most this, so that ten gates and steps stay below one percent.
 */
export const FALSE_FAIL = 0.001;

/** Evidence from which on a gate fails, as the natural logarithm of an e-value. */
export const FAILS_FROM = Math.log(1 / FALSE_FAIL);

/** What one limit says of a candidate. */
export interface Judgement {
  readonly verdict: "pass" | "fail" | "inconclusive";
  /** `at most 1 %`. */
  readonly text: string;
}

const WORST_FIRST = ["fail", "inconclusive", "pass"] as const;

/** All limits of a gate as one: the worst verdict counts. */
export function together(seen: string, judgements: readonly Judgement[]): Pick<Finding, "verdict" | "numbers"> {
  const verdict = WORST_FIRST.find((one) => judgements.some((judgement) => judgement.verdict === one)) ?? "pass";
  return { verdict, numbers: [...new Set([seen, ...judgements.map(({ text }) => text)])].join(", ") };
}

/** A share in percent with three digits: `5.2 %`. */
export function percentText(count: number, total: number): string {
  return `${numberText(total === 0 ? 0 : (100 * count) / total)} %`;
}

/** A number with three digits, and none that say nothing. */
export function numberText(value: number): string {
  return String(Number(value.toPrecision(3)));
}
