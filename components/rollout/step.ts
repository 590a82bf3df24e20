import type { WeightsPlace } from "./nextCommand";
import type { RolloutPolicy } from "../settings/policy";
import type { Violation } from "../values/violation";
import type { TrafficState, Weights } from "./weights";

export type RuleName = "weights" | "mirror" | "guard" | "outage" | "retire" | "maxIncrease" | "bakeMinutes";

/** What is known about the live endpoint when a step is decided. */
export interface LiveState extends TrafficState {
  /** What the last traffic step wrote, as recorded on the endpoint or in the state; empty when nothing is recorded. */
  readonly lastApplied: readonly TrafficState[];
  /** When the live weights were written, RFC 3339. */
  readonly changedAt?: string;
  /** The stable deployment recorded with the last step. */
  readonly stable?: string;
}

export interface StepRequest extends WeightsPlace {
  /** The declared weights; every declared deployment is named, zeros included. */
  readonly declared: TrafficState;
  /** Undefined while the endpoint does not exist. */
  readonly live: LiveState | undefined;
  readonly policy: RolloutPolicy;
  /** Live weights of another writer that may be overwritten. */
  readonly acceptLive?: Weights;
  /** Why the endpoint may stop serving. */
  readonly allowOutage?: string;
  /** Whether deletion protection is on: deployments with traffic cannot be removed then. */
  readonly isProtected?: boolean;
  readonly now: Date;
}

/** How much of a limit a step uses. */
export interface LimitUse {
  /** Points for `maxIncrease`, minutes for `bakeMinutes`. */
  readonly used: number;
  readonly limit: number;
}

/** A rule's verdict on a step; for a policy limit that applies, with its use. */
export interface RuleVerdict extends Partial<LimitUse> {
  readonly rule: RuleName;
  readonly verdict: "kept" | "broken";
}

/** What happens to the traffic, decided from the declared and the live state alone. */
export interface Step {
  /** The state to write, or undefined when the live one is the declared one or a rule is broken. */
  readonly write?: TrafficState;
  readonly violations: readonly Violation[];
  /** The verdict of each rule, in order. */
  readonly rules: readonly RuleVerdict[];
  /** `traffic  default 100 -> 90, green 0 -> 10 (10 points move)`. */
  readonly message: string;
  /** Deployments of the last step that are no longer declared; deleted after this one. */
  readonly retiring: readonly string[];
  /** The candidates' share of the expected requests, when that number is known. */
  readonly exposure?: string;
  /** What is odd about the live endpoint and corrected by the step. */
  readonly warning?: string;
  /** The usual next move, in one sentence. */
  readonly next: string;
  /** Its command, when known. */
  readonly command?: string;
}
