import { bakeMinutesLeft, describeSince } from "./changeTime";
import { checkErrorBudget, hasErrorBudget, useOfErrorBudget } from "./errorBudget";
import { checkMirrorTime, checkPaused, checkRetireTime, useOfMirrorTime, useOfRetireTime } from "./planRules";
import { checkRetirement, checkSlots } from "./retirement";
import type { LimitUse, RuleName } from "./step";
import type { StepFacts } from "./stepFacts";
import { checkMirrorTraffic, checkTraffic } from "./trafficRules";
import type { Violation } from "../values/violation";
import { bakeTimeOf, useOfTime } from "./waits";
import { formatTraffic, formatWeights, isServing, sameTraffic, sameWeights, weightOf } from "./weights";
import type { TrafficState } from "./weights";

/** A rule of every traffic step. */
interface StepRule {
  readonly name: RuleName;
  /** Whether it is asked at all. @default always */
  readonly isAsked?: (facts: StepFacts) => boolean;
  readonly check: (facts: StepFacts) => Violation[];
  /** For a limit: how much of it the step uses, or undefined when it does not hold for the step. */
  readonly use?: (facts: StepFacts) => LimitUse | undefined;
}

/** The rules that are asked before a step, in the order in which a person reads what they say. */
export const STEP_RULES: readonly StepRule[] = [
  { name: "weights", check: checkWeights },
  { name: "mirror", check: ({ declared }) => checkMirror(declared) },
  { name: "guard", check: checkGuard },
  { name: "outage", check: checkOutage },
  { name: "retire", check: ({ live, declared, isProtected }) => checkRetirement(live, declared, isProtected === true) },
  { name: "maxIncrease", check: checkIncrease, use: useOfIncrease },
  { name: "bakeMinutes", check: checkBakeTime, use: useOfBakeTime },
  { name: "paused", isAsked: hasPlan, check: checkPaused },
  { name: "mirrorMinutes", isAsked: hasPlan, check: checkMirrorTime, use: useOfMirrorTime },
  { name: "retireAfterMinutes", isAsked: hasPlan, check: checkRetireTime, use: useOfRetireTime },
  { name: "maxBadRequests", isAsked: hasErrorBudget, check: checkErrorBudget, use: useOfErrorBudget },
];

function hasPlan({ plan }: StepFacts): boolean {
  return plan !== undefined;
}

function checkWeights({ live, declared }: StepFacts): Violation[] {
  return [...checkTraffic(declared.traffic, Object.keys(declared.traffic)), ...checkSlots(live, declared)];
}

function checkMirror({ traffic, mirrorTraffic }: TrafficState): Violation[] {
  return checkMirrorTraffic(mirrorTraffic, traffic, Object.keys(traffic));
}

/** Live weights that nobody here wrote are not overwritten unless they are accepted by name. */
function checkGuard({ declared, acceptLive, live }: StepFacts): Violation[] {
  const known = [declared, ...live.lastApplied];
  const untouched = live.lastApplied.length === 0 && !isServing(live);
  const accepted = acceptLive !== undefined && sameWeights(acceptLive, live.traffic);
  if (untouched || accepted || known.some((state) => sameTraffic(state, live))) return [];
  const last = live.lastApplied.map(formatTraffic)[0] ?? "none";
  const reason =
    `the live traffic is ${formatTraffic(live)}, the last applied here is ${last}: it was changed elsewhere, or a write ` +
    `did not take effect; declare the live weights, or overwrite them with acceptLive: ${toArgument(live, declared)}` +
    (acceptLive === undefined ? "" : ` (it is ${formatWeights(acceptLive)})`);
  return [{ path: "traffic", reason }];
}

function checkOutage({ declared, live, allowOutage }: StepFacts): Violation[] {
  if (!isServing(live) || isServing(declared) || allowOutage !== undefined) return [];
  const reason =
    `all weights are 0 while the endpoint serves ${formatTraffic(live)}; keep 100 in total, or say with allowOutage ` +
    "why it may stop serving";
  return [{ path: "traffic", reason }];
}

function checkIncrease(facts: StepFacts): Violation[] {
  const { maxIncrease } = facts.policy;
  return facts.rising.flatMap((name) => {
    const [from, to] = [weightOf(facts.live.traffic, name), weightOf(facts.declared.traffic, name)];
    if (to - from <= maxIncrease) return [];
    const reason = `rises from ${from} to ${to}, by more than policy.maxIncrease of ${maxIncrease} points; use at most ${from + maxIncrease}`;
    return [{ path: `traffic.${name}`, reason }];
  });
}

function checkBakeTime(facts: StepFacts): Violation[] {
  const { live, now } = facts;
  const { setting, minutes } = bakeTimeOf(facts);
  const left = bakeMinutesLeft(live.changedAt, minutes, now);
  if (left === 0) return [];
  return facts.rising.map((name) => ({
    path: `traffic.${name}`,
    reason: `must stay at ${weightOf(live.traffic, name)} for ${left} more min: ${setting} is ${minutes}, ${describeSince(live.changedAt, now)}`,
  }));
}

function useOfIncrease(facts: StepFacts): LimitUse | undefined {
  const limit = facts.policy.maxIncrease;
  const { live, declared } = facts;
  const rises = facts.rising.map((name) => weightOf(declared.traffic, name) - weightOf(live.traffic, name));
  return limit === 100 || rises.length === 0 ? undefined : { used: Math.max(...rises), limit };
}

function useOfBakeTime(facts: StepFacts): LimitUse | undefined {
  return facts.rising.length === 0 ? undefined : useOfTime(facts, bakeTimeOf(facts).minutes);
}

/** `{"default": 50, "green": 50}`: text that can be pasted into a program or a stack file, where an empty map is none. */
function toArgument(live: TrafficState, declared: TrafficState): string {
  const names = Object.keys(isServing(live) ? live.traffic : declared.traffic);
  const entries = names.map((name) => `${JSON.stringify(name)}: ${weightOf(live.traffic, name)}`);
  return `{${entries.join(", ")}}`;
}
