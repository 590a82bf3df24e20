import type { Violation } from "../../components/values/violation";
import type { Reply } from "./modelledAzure";

/** How a run ended: `refused` by one of our rules, `failed` by Azure or a verification, `killed`, or `done`. */
export type End =
  | { readonly kind: "done" | "failed" | "killed" }
  | { readonly kind: "refused"; readonly violations: readonly Violation[] };

export const GO_ON = undefined;
/** The early end of a run, or nothing. */
export type Stop = End | typeof GO_ON;

export function endOf(reply: Reply): Stop {
  if (reply === "ok") return GO_ON;
  return { kind: reply === "killed" ? "killed" : "failed" };
}

export function refusal(violations: readonly Violation[]): Stop {
  return violations.length === 0 ? GO_ON : { kind: "refused", violations };
}
