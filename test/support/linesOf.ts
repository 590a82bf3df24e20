import type { Violation } from "../../components/values/violation";

/** Violations as a person reads them, one line each. */
export function linesOf(violations: readonly Violation[]): readonly string[] {
  return violations.map(({ path, reason }) => `${path}: ${reason}`);
}
