import type { WeightsPlace } from "./nextCommand";
import type { PlanStanding } from "./position";
import type { RolloutPlan } from "../settings/plan";
import type { RolloutPolicy } from "../settings/policy";
import type { Violation } from "../values/violation";
import type { TrafficState, Weights } from "./weights";

export type RuleName =
  | "weights"
  | "mirror"
  | "guard"
  | "outage"
  | "retire"
  | "maxIncrease"
  | "bakeMinutes"
  | "paused"
  | "mirrorMinutes"
  | "retireAfterMinutes"
  | "maxBadRequests";

/** What is known about the live endpoint when a step is decided. */
export interface LiveState extends TrafficState {
  /** What the last traffic step wrote, as recorded on the endpoint or in the state; empty when nothing is recorded. */
  readonly lastApplied: readonly TrafficState[];
  /** When the live weights were written, RFC 3339. */
  readonly changedAt?: string;
  /** The stable deployment recorded with the last step. */
  readonly stable?: string;
}

/** What is known of the requests of an endpoint, for an error budget. */
export interface StepLoad {
  /** Undefined when neither the program nor Azure Monitor knows. */
  readonly requestsPerMinute: number | undefined;
  /** The highest share of bad answers, 0 to 1, that the requests so far allow, by candidate; 1 for any other one. */
  readonly badShares: Readonly<Record<string, number>>;
}

export interface StepRequest extends WeightsPlace {
  /** The declared weights; every declared deployment is named, zeros included. */
  readonly declared: TrafficState;
  /** Undefined while the endpoint does not exist. */
  readonly live: LiveState | undefined;
  readonly policy: RolloutPolicy;
  /** Undefined when none is declared: then its rules are not asked. */
  readonly plan?: RolloutPlan | undefined;
  /** Undefined where nobody was asked about it: then `maxBadRequests` is not asked either. */
  readonly load?: StepLoad | undefined;
  /** Live weights that are not ours and may be overwritten. */
  readonly acceptLive?: Weights | undefined;
  /** Why the endpoint may stop serving. */
  readonly allowOutage?: string | undefined;
  /** Whether deletion protection is on: deployments with traffic cannot be removed then. */
  readonly isProtected?: boolean | undefined;
  readonly now: Date;
}

/** How much of a limit a step uses. */
export interface LimitUse {
  /** Points for `maxIncrease`, bad answers for `maxBadRequests`, minutes for every other limit. */
  readonly used: number;
  readonly limit: number;
}

/** What a rule says of a step; a limit that the policy or the plan sets and that holds for the step is given with its use. */
export interface RuleVerdict extends Partial<LimitUse> {
  readonly rule: RuleName;
  readonly verdict: "kept" | "broken";
}

/** What a step writes and which rules it breaks, decided from the declared and the live state alone. */
export interface StepDecision {
  /** The state to write, or undefined when the live one is the declared one or a rule is broken. */
  readonly write?: TrafficState;
  readonly violations: readonly Violation[];
  /** The verdict of each rule, in order. */
  readonly rules: readonly RuleVerdict[];
}

/** A decision with all that is said of it. */
export interface Step extends StepDecision {
  /** `traffic  default 100 -> 90, green 0 -> 10 (10 points move)`. */
  readonly message: string;
  /** Deployments of the last step that are no longer declared; deleted after this one. */
  readonly retiring: readonly string[];
  /** Where the step leads in the plan, when one is declared. */
  readonly plan?: PlanStanding;
  /** What the plan waits for after the step, `wait     30 min before the next step (rollout.bakeMinutes)`. */
  readonly wait?: string;
  /** What the candidates get of the expected requests, when their number is known. */
  readonly exposure?: string;
  /** How many bad answers the step may give, when `maxBadRequests` limits them. */
  readonly bound?: string;
  /** What is odd about the live endpoint and corrected by the step. */
  readonly warning?: string;
  /** The usual next move, in one sentence. */
  readonly next: string;
  /** Its command, when known. */
  readonly command?: string;
}
