import type { Gate, GateKind } from "../settings/gates";
import type { Violation } from "../values/violation";

/** What a gate says of a candidate. */
type Verdict =
  | "pass"
  | "fail"
  /** No data, too few samples, or nobody answered: never a pass. */
  | "inconclusive"
  /** It was not asked, and says why. */
  | "not asked";

/** What was found of a gate, and how. */
export interface Finding {
  readonly verdict: Verdict;
  /** The numbers in words: `5.2 % of 480 requests failed, more than 1 %`. */
  readonly numbers: string;
  /** How many requests or predictions that stands on. */
  readonly samples?: number;
  /** The time that was looked at: `10:00Z to 10:30Z`. */
  readonly window?: string;
  /** Who was asked: `Azure Monitor`. */
  readonly source: string;
  /** What else to do than to wait or to give the weight back. */
  readonly todo?: string;
}

/** A gate's verdict on one candidate, with its evidence. */
export interface GateVerdict extends Finding {
  readonly gate: string;
  readonly kind: GateKind;
  readonly candidate: string;
  /** Whether it refuses nothing. */
  readonly dryRun: boolean;
}

/** What services and commands say is put on one line, without what would move the cursor of a terminal. */
export function verdictOf({ name, kind, dryRun }: Gate, candidate: string, finding: Finding): GateVerdict {
  const [numbers, source] = [oneLine(finding.numbers), oneLine(finding.source)];
  return { gate: name, kind, candidate, dryRun, ...finding, numbers, source };
}

function oneLine(text: string): string {
  return text.replaceAll(/[\s\p{Cc}]+/gu, " ").trim();
}

/** `gate     errors pass: green: 0.4 % of 480 requests failed, at most 1 % (10:00Z to 10:30Z, Azure Monitor)`. */
export function describeGate(found: GateVerdict): string {
  const { gate, verdict, candidate, dryRun } = found;
  return `gate     ${gate} ${verdict}${dryRun ? " (dry run)" : ""}: ${candidate}: ${evidenceOf(found)}`;
}

/**
 * The gates that let no weight rise. Each reason begins with `fail: ` or `inconclusive: `, which is how a rollout that runs
 * by itself tells to abort from to hold.
 */
export function checkVerdicts(verdicts: readonly GateVerdict[]): Violation[] {
  const held = verdicts.filter(({ verdict, dryRun }) => !dryRun && (verdict === "fail" || verdict === "inconclusive"));
  return held.map((found) => ({
    path: `rollout.gates.${found.gate}`,
    reason: `${found.verdict}: ${found.candidate}: ${evidenceOf(found)}; ${todoOf(found)}`,
  }));
}

function evidenceOf({ numbers, window, source }: GateVerdict): string {
  return `${numbers} (${[window, source].filter((part) => part !== undefined).join(", ")})`;
}

function todoOf({ verdict, todo }: GateVerdict): string {
  if (todo !== undefined) return todo;
  return verdict === "fail"
    ? 'give its weight back with "mlflow-rollout abort", or leave it where it is and look at the model'
    : 'nothing was decided: try again later with "pulumi up"';
}
