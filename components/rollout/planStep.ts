import { describeStep, nextStep } from "./message";
import type { RolloutPolicy } from "./policy";
import { risingCandidates, stableOf } from "./roles";
import { checkMirrorTraffic, checkTraffic } from "./trafficRules";
import type { Violation } from "./violation";
import { NO_TRAFFIC, formatTraffic, isServing, sameTraffic, sameWeights, weightOf } from "./weights";
import type { TrafficState, Weights } from "./weights";

/** What is known of the live endpoint when a step is decided. */
export interface LiveState extends TrafficState {
  /** What the last traffic step wrote, as recorded on the endpoint or in the state; empty when nothing is recorded. */
  readonly lastApplied: readonly TrafficState[];
  /** When the live weights were written, RFC 3339. */
  readonly changedAt?: string;
  /** The stable deployment recorded with the last step. */
  readonly stable?: string;
}

export interface StepRequest {
  /** The declared weights; every declared deployment is named, zeros included. */
  readonly declared: TrafficState;
  /** Undefined while the endpoint does not exist. */
  readonly live: LiveState | undefined;
  readonly policy: RolloutPolicy;
  /** Live weights that are not ours and may be overwritten. */
  readonly acceptLive?: Weights;
  readonly now: Date;
}

/** What happens to the traffic, decided from the declared and the live state alone. */
export interface Step {
  /** The state to write, or undefined when the live one is the declared one or a rule is broken. */
  readonly write?: TrafficState;
  readonly violations: readonly Violation[];
  /** `traffic  default 100 -> 90, green 0 -> 10 (10 points move)`. */
  readonly message: string;
  /** What usually comes next, in one sentence. */
  readonly next: string;
}

/** Decides one traffic step: what is written, which rules are broken, and how it reads to a person. */
export function planStep(request: StepRequest): Step {
  const { declared } = request;
  const live = request.live ?? { ...NO_TRAFFIC, lastApplied: [] };
  const stable = stableOf(live, declared, live.stable);
  const violations = [
    ...checkState(declared),
    ...checkGuard(request, live),
    ...checkOutage(declared, live),
    ...checkPace(request, live, stable),
  ];
  const changes = !sameTraffic(live, declared);
  return {
    ...(changes && violations.length === 0 && { write: declared }),
    violations,
    message: describeStep(live, declared),
    next: nextStep(declared, stable),
  };
}

function checkState({ traffic, mirrorTraffic }: TrafficState): Violation[] {
  const deployments = Object.keys(traffic);
  return [...checkTraffic(traffic, deployments), ...checkMirrorTraffic(mirrorTraffic, traffic, deployments)];
}

/** Live weights that nobody here wrote are not overwritten unless they are accepted by name. */
function checkGuard({ declared, acceptLive }: StepRequest, live: LiveState): Violation[] {
  const known = [declared, ...live.lastApplied];
  const untouched = live.lastApplied.length === 0 && !isServing(live);
  const accepted = acceptLive !== undefined && sameWeights(acceptLive, live.traffic);
  if (untouched || accepted || known.some((state) => sameTraffic(state, live))) return [];
  const last = live.lastApplied.map(formatTraffic)[0] ?? "none";
  const reason =
    `the live traffic is ${formatTraffic(live)}, the last applied here is ${last}: it was changed elsewhere, or a write ` +
    `did not take effect; declare the live weights, or overwrite them with acceptLive: ${toArgument(live, declared)}`;
  return [{ path: "traffic", reason }];
}

function checkOutage(declared: TrafficState, live: LiveState): Violation[] {
  if (!isServing(live) || isServing(declared)) return [];
  const reason = `all weights are 0 while the endpoint serves ${formatTraffic(live)}; keep 100 in total, or remove the component to stop serving`;
  return [{ path: "traffic", reason }];
}

/** Limits hold only for candidates that rise: the way back to the stable deployment is always open. */
function checkPace(request: StepRequest, live: LiveState, stable: string | undefined): Violation[] {
  if (!isServing(live)) return [];
  const { declared, policy, now } = request;
  return risingCandidates(live, declared, stable).flatMap((name) => {
    const path = `traffic.${name}`;
    const from = weightOf(live.traffic, name);
    const to = weightOf(declared.traffic, name);
    const violations: Violation[] = [];
    if (to - from > policy.maxIncrease) {
      const reason = `rises from ${from} to ${to}, by more than policy.maxIncrease of ${policy.maxIncrease} points; use at most ${from + policy.maxIncrease}`;
      violations.push({ path, reason });
    }
    const left = bakeMinutesLeft(live.changedAt, policy.bakeMinutes, now);
    if (left > 0) {
      violations.push({
        path,
        reason: `must stay at ${from} for ${left} more min: policy.bakeMinutes is ${policy.bakeMinutes}, last step ${live.changedAt}`,
      });
    }
    return violations;
  });
}

function bakeMinutesLeft(changedAt: string | undefined, bakeMinutes: number, now: Date): number {
  if (changedAt === undefined || Number.isNaN(Date.parse(changedAt))) return 0;
  const minutesSince = (now.getTime() - Date.parse(changedAt)) / 60_000;
  return Math.max(0, Math.ceil(bakeMinutes - minutesSince));
}

/** `{"default": 50, "green": 50}`: text that can be pasted into a program or a stack file, where an empty map is none. */
function toArgument(live: TrafficState, declared: TrafficState): string {
  const names = Object.keys(isServing(live) ? live.traffic : declared.traffic);
  const entries = names.map((name) => `${JSON.stringify(name)}: ${weightOf(live.traffic, name)}`);
  return `{${entries.join(", ")}}`;
}
