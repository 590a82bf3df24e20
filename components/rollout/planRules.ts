import { bakeMinutesLeft, describeSince, endOf } from "./changeTime";
import { describeLoad } from "./liveDeployment";
import { isDeclared, isWayBack, retiringOf } from "./roles";
import type { LimitUse } from "./step";
import type { StepFacts } from "./stepFacts";
import { isSameName } from "../values/sameName";
import type { Violation } from "../values/violation";
import { mirrorTimeOf, retireTimeOf, useOfTime } from "./waits";
import { isServing, weightOf } from "./weights";
import type { Weights } from "./weights";

/** While a rollout is paused no candidate gets more requests, live or mirrored. */
export function checkPaused(facts: StepFacts): Violation[] {
  const { plan, live, declared } = facts;
  if (plan?.paused === undefined) return [];
  const why = JSON.stringify(plan.paused);
  const refuse = (map: "traffic" | "mirrorTraffic", names: readonly string[]): Violation[] =>
    names.map((name) => ({
      path: `${map}.${name}`,
      reason:
        `must not rise from ${weightOf(live[map], name)} to ${weightOf(declared[map], name)} while the rollout is paused, ` +
        `${why}; go on with "mlflow-rollout resume", or remove rollout.paused from config`,
    }));
  return [...refuse("traffic", facts.rising), ...refuse("mirrorTraffic", mirroredMore(facts))];
}

/** Candidates whose share of copies rises. */
function mirroredMore({ live, declared: { mirrorTraffic }, stable }: StepFacts): readonly string[] {
  const rises = (name: string): boolean => weightOf(mirrorTraffic, name) > weightOf(live.mirrorTraffic, name);
  return isServing(live) ? Object.keys(mirrorTraffic).filter((name) => !isSameName(name, stable) && rises(name)) : [];
}

/** A candidate gets no weight before it has been mirrored as long as the plan says. */
export function checkMirrorTime(facts: StepFacts): Violation[] {
  const { live, now } = facts;
  const { setting, minutes } = mirrorTimeOf(facts);
  return mirroredFirst(facts).flatMap((name) => {
    const path = `traffic.${name}`;
    if (!isMirrored(live.mirrorTraffic, name)) {
      const reason =
        `must be mirrored for ${minutes} min before it gets weight: ${setting} is ${minutes}, and it is not mirrored; ` +
        `give it ${facts.plan?.mirror?.percent} in mirrorTraffic and 0 in traffic first`;
      return [{ path, reason }];
    }
    const left = bakeMinutesLeft(live.changedAt, minutes, now);
    if (left === 0) return [];
    const reason = `must be mirrored for ${left} more min before it gets weight: ${setting} is ${minutes}, ${describeSince(live.changedAt, now)}`;
    return [{ path, reason }];
  });
}

export function useOfMirrorTime(facts: StepFacts): LimitUse | undefined {
  const { live } = facts;
  const first = mirroredFirst(facts);
  if (first.length === 0) return undefined;
  const { minutes } = mirrorTimeOf(facts);
  return first.every((name) => isMirrored(live.mirrorTraffic, name))
    ? useOfTime(facts, minutes)
    : { used: 0, limit: minutes };
}

/** Candidates that get their first weight, when the plan has a mirror stage that lasts. */
function mirroredFirst(facts: StepFacts): readonly string[] {
  if (mirrorTimeOf(facts).minutes === 0) return [];
  return facts.rising.filter((name) => weightOf(facts.live.traffic, name) === 0);
}

function isMirrored(mirrorTraffic: Weights, name: string): boolean {
  return weightOf(mirrorTraffic, name) > 0;
}

/** The old deployment, to which the weight can be given back, stays for a while after another one has got everything. */
export function checkRetireTime(facts: StepFacts): Violation[] {
  const { live, now, isProtected } = facts;
  const old = retiredEarly(facts);
  if (old === undefined) return [];
  const path = `deployments.${old}`;
  const { setting, minutes } = retireTimeOf(facts);
  const load = describeLoad(live, old);
  if (load !== undefined) {
    // With protection another rule says so already.
    if (isProtected === true) return [];
    const reason =
      `has ${load} and must stay for ${minutes} min after another deployment has got all of the traffic: ${setting} is ` +
      `${minutes}; declare it again with weight 0`;
    return [{ path, reason }];
  }
  const left = bakeMinutesLeft(live.changedAt, minutes, now);
  if (left === 0 || live.changedAt === undefined) return [];
  const reason =
    `must stay for ${left} more min, until ${endOf(live.changedAt, minutes, now)}: ${setting} is ${minutes}, ` +
    `${describeSince(live.changedAt, now)}; declare it again with weight 0 until then`;
  return [{ path, reason }];
}

export function useOfRetireTime(facts: StepFacts): LimitUse | undefined {
  const old = retiredEarly(facts);
  if (old === undefined) return undefined;
  const { minutes } = retireTimeOf(facts);
  return describeLoad(facts.live, old) === undefined ? useOfTime(facts, minutes) : { used: 0, limit: minutes };
}

/** The stable deployment of the last step, when it leaves the program and the plan has a time for that. */
function retiredEarly(facts: StepFacts): string | undefined {
  const { live, declared } = facts;
  const old = live.stable;
  if (retireTimeOf(facts).minutes === 0 || old === undefined || isDeclared(declared, old)) return undefined;
  // Giving weight back waits for nothing, and an endpoint that is to stop serving has a rule of its own.
  if (!isServing(live) || !isServing(declared) || isWayBack(live, declared)) return undefined;
  // The record has it in lower case.
  return retiringOf(live, declared).find((name) => isSameName(name, old)) ?? old;
}
