import { formatViolations } from "../rollout/violation";
import type { Violation } from "../rollout/violation";

/** Fails the hook, and so the engine's step, with every broken rule in one message. */
export function refuse(what: string, violations: readonly Violation[]): void {
  if (violations.length === 0) return;
  throw new Error(`${what} is refused, nothing was written:\n${formatViolations(violations)}`);
}
