import type { PlanStanding } from "./position";
import type { RuleName, RuleVerdict, Step } from "./step";
import { sameWeights, totalWeight, weightOf } from "./weights";
import type { TrafficState, Weights } from "./weights";

/** Rules that hold only for steps to which a limit that is set applies. */
const LIMITS: ReadonlySet<RuleName> = new Set([
  "maxIncrease",
  "bakeMinutes",
  "mirrorMinutes",
  "retireAfterMinutes",
  "maxBadRequests",
]);

/** One line in rollout language: `traffic  default 100 -> 90, green 0 -> 10 (10 points move)`. */
export function describeStep(live: TrafficState, declared: TrafficState): string {
  const names = namesOf(declared.traffic, live.traffic);
  const weights = names.map((name) => describeChange(name, live.traffic, declared.traffic));
  const mirror = namesOf(declared.mirrorTraffic, live.mirrorTraffic)
    .filter((name) => weightOf(live.mirrorTraffic, name) !== weightOf(declared.mirrorTraffic, name))
    .map((name) => `mirror ${describeChange(name, live.mirrorTraffic, declared.mirrorTraffic)}`);
  return `traffic  ${[...weights, ...mirror].join(", ")} (${describePoints(live, declared)})`;
}

/**
 * All that is said before a step, a line each: what moves and what leaves, who is exposed, what the rules say, what is
 * verified, what comes next and how.
 *
 * @param verified - lines about what was compared and what is or will be verified
 * @param cost - the line about what the deployments cost, if it is known
 */
export function stepText(
  { message, retiring, exposure, bound, plan, wait, rules, next, command }: Step,
  verified: readonly string[] = [],
  cost?: string,
): string {
  const leaving = retiring.length === 0 ? undefined : `deletes  ${retiring.join(", ")}, after the step`;
  const where = describePlan(plan);
  const said = [message, where, leaving, exposure, bound, cost, describeRules(rules), ...verified, wait, next];
  const lines = [...said, describeCommand(command)];
  return lines.filter((line) => line !== undefined).join("\n");
}

/** `plan     step 2 of 4`. */
export function describePlan(plan: PlanStanding | undefined): string | undefined {
  return plan === undefined ? undefined : `plan     ${plan.text}`;
}

/** `  $ pulumi up -c candidateTraffic=50`. */
export function describeCommand(command: string | undefined): string | undefined {
  return command === undefined ? undefined : `  $ ${command}`;
}

/** `rules    weights, mirror, guard, outage kept; maxIncrease 10 of 20`: limits that do not hold are not named. */
function describeRules(rules: readonly RuleVerdict[]): string {
  const kept = rules.filter(({ rule, verdict }) => verdict === "kept" && !LIMITS.has(rule)).map(({ rule }) => rule);
  const broken = rules.filter(({ verdict }) => verdict === "broken").map(({ rule }) => `${rule} broken`);
  const limits = rules.flatMap(({ rule, verdict, used, limit }) =>
    verdict === "broken" || limit === undefined ? [] : [`${rule} ${used} of ${limit}`],
  );
  const parts = [kept.length === 0 ? "" : `${kept.join(", ")} kept`, limits.join(", "), broken.join(", ")];
  return `rules    ${parts.filter((part) => part !== "").join("; ")}`;
}

/** In a preview: what the update will verify. */
export function describeVerification(weighted: readonly string[]): string {
  const before = weighted.length === 0 ? "" : `${weighted.join(", ")} ready before the write, `;
  return `verify   ${before}the live traffic read back after it`;
}

/** In an update, before the write; undefined when no deployment gets requests. */
export function describeReady(weighted: readonly string[]): string | undefined {
  return weighted.length === 0 ? undefined : `ready    ${weighted.join(", ")}`;
}

/** `verified  live traffic is default 90, green 10, read back 1 s after the write`. */
export function describeVerified(state: TrafficState, seconds: number): string {
  return `verified  live traffic is ${listTraffic(state)}, read back ${seconds} s after the write`;
}

/** `default 90, green 10`. */
export function listTraffic({ traffic, mirrorTraffic }: TrafficState): string {
  const weights = Object.entries(traffic).map(([name, weight]) => `${name} ${weight}`);
  const mirror = Object.entries(mirrorTraffic)
    .filter(([, weight]) => weight > 0)
    .map(([name, weight]) => `mirror ${name} ${weight}`);
  return [...weights, ...mirror].join(", ");
}

function namesOf(declared: Weights, live: Weights): readonly string[] {
  const declaredNames = Object.keys(declared);
  const lowerCased = new Set(declaredNames.map((name) => name.toLowerCase()));
  const leaving = Object.keys(live).filter((name) => !lowerCased.has(name.toLowerCase()) && weightOf(live, name) > 0);
  return [...leaving, ...declaredNames];
}

function describeChange(name: string, from: Weights, to: Weights): string {
  const [before, after] = [weightOf(from, name), weightOf(to, name)];
  return before === after ? `${name} ${after}` : `${name} ${before} -> ${after}`;
}

function describePoints({ traffic: live, mirrorTraffic }: TrafficState, declared: TrafficState): string {
  if (totalWeight(live) === 0) return totalWeight(declared.traffic) === 0 ? "nothing serves yet" : "first serving";
  if (totalWeight(declared.traffic) === 0) return "nothing serves any more";
  const points = pointsMoved(live, declared.traffic);
  if (points === 0) return sameWeights(mirrorTraffic, declared.mirrorTraffic) ? "nothing moves" : "no live points move";
  return `${points} ${points === 1 ? "point moves" : "points move"}`;
}

/** Percent of the live requests that another deployment answers after a step. */
export function pointsMoved(live: Weights, declared: Weights): number {
  const rising = Object.keys(declared).map((name) => Math.max(0, weightOf(declared, name) - weightOf(live, name)));
  return rising.reduce((sum, rise) => sum + rise, 0);
}
