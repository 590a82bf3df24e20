import type { Violation } from "../../components/values/violation";

/** An error is refused by every preview; a warning most likely is not meant; a note is good to know. */
export type Severity = "error" | "warning" | "note";

export interface Finding extends Violation {
  readonly severity: Severity;
}

export function findings(severity: Severity, violations: readonly Violation[]): readonly Finding[] {
  return violations.map((violation) => ({ severity, ...violation }));
}
