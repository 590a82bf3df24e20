import * as pulumi from "@pulumi/pulumi";
import { formatViolations } from "../rollout/violation";
import type { Violation } from "../rollout/violation";

/**
 * Fails the hook, and so the engine's step, with every broken rule in one message. An update that skipped its preview may
 * have written other resources before this one.
 */
export function refuse(what: string, violations: readonly Violation[]): void {
  if (violations.length === 0) return;
  const refused = pulumi.runtime.isDryRun() ? "is refused, nothing was written" : "is refused before its write";
  throw new Error(`${what} ${refused}:\n${formatViolations(violations)}`);
}
