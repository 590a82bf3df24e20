import { show } from "../values/violation";
import type { Violation } from "../values/violation";

/** `Date.parse` accepts more, such as `2026` or a local time, which differs from machine to machine. */
const RFC_3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/i;

/** The instant of this run, if the environment sets one. */
export function checkNow(now: unknown): Violation[] {
  if (now === undefined) return [];
  if (typeof now === "string" && RFC_3339.test(now) && !Number.isNaN(Date.parse(now))) return [];
  const reason = `must be an RFC 3339 instant such as 2026-11-24T09:00:00Z, got ${show(now)}`;
  return [{ path: "MLFLOW_ROLLOUT_NOW", reason }];
}
