import type { LiveState } from "./step";
import { hasWeight, isServing, sameTraffic, weightOf } from "./weights";
import type { TrafficState, Weights } from "./weights";
import { isSameName } from "../values/sameName";

/**
 * The stable deployment of a step: the one that had all of the requests when the rollout began. A deployment's name
 * says nothing about its role; after a rollout the new one is the stable one.
 *
 * After 0/100 the old deployment is still the stable one for a step that gives it weight back, so the way back stays
 * open; for any other step the new one is.
 *
 * @param recorded - the stable deployment written down with the last traffic step, if any
 * @returns the name in lower case, or undefined while no deployment is clearly the stable one
 */
export function stableOf(live: TrafficState, declared: TrafficState, recorded: string | undefined): string | undefined {
  const { name: leader, weight: highest, isAlone } = leaderOf(live.traffic);
  const former = isDeclared(declared, recorded) ? recorded?.toLowerCase() : undefined;
  if (former !== undefined && (highest < 100 || rises(former, live, declared))) return former;
  return isAlone ? leader?.toLowerCase() : undefined;
}

/** The deployment with the highest weight above 0, and whether no other has as much. */
function leaderOf(weights: Weights): {
  readonly name: string | undefined;
  readonly weight: number;
  readonly isAlone: boolean;
} {
  let [name, weight, isAlone]: [string | undefined, number, boolean] = [undefined, 0, false];
  for (const other of Object.keys(weights)) {
    const its = weights[other] ?? 0;
    if (its > weight) [name, weight, isAlone] = [other, its, true];
    else if (its === weight) isAlone = false;
  }
  return { name, weight, isAlone };
}

/** The stable deployment to record with a step; while nothing moves, the recorded one. */
export function stableAfter(
  live: TrafficState,
  declared: TrafficState,
  recorded: string | undefined,
): string | undefined {
  if (!isServing(live)) return stableOf(declared, declared, undefined);
  if (sameTraffic(live, declared) && isDeclared(declared, recorded)) return recorded;
  const stable = stableOf(live, declared, recorded);
  // One removed with the step cannot get its weight back.
  return isDeclared(declared, stable) ? stable : stableOf(declared, declared, undefined);
}

/** The deployments other than the stable one whose weight rises from `live` to `declared`. */
export function risingCandidates(
  live: TrafficState,
  declared: TrafficState,
  stable: string | undefined,
): readonly string[] {
  return Object.keys(declared.traffic).filter((name) => !isSameName(name, stable) && rises(name, live, declared));
}

/**
 * The stable deployment for what comes next. While nothing moves it is the one written down with the last step: after
 * 0/100 the old one, which is to be removed or gets its weight back.
 */
export function homeOf(live: LiveState, declared: TrafficState): string | undefined {
  const isSettled = sameTraffic(live, declared) && isDeclared(declared, live.stable);
  return isSettled ? live.stable?.toLowerCase() : stableOf(live, declared, live.stable);
}

/**
 * The deployments that a rollout may move requests to: those beside the stable one that have some, live or mirrored, else
 * all of them.
 */
export function candidatesOf(declared: TrafficState, home: string): readonly string[] {
  const others = Object.keys(declared.traffic).filter((name) => !isSameName(name, home));
  const requested = others.filter((name) => hasWeight(declared, name));
  return requested.length === 0 ? others : requested;
}

/** The deployments of the last step, whatever their weight, that are no longer declared. */
export function retiringOf({ lastApplied }: Pick<LiveState, "lastApplied">, declared: TrafficState): readonly string[] {
  const gone: string[] = [];
  for (const { traffic, mirrorTraffic } of lastApplied)
    for (const weights of [traffic, mirrorTraffic])
      for (const name of Object.keys(weights))
        if (!isDeclared(declared, name) && !gone.some((other) => isSameName(other, name))) gone.push(name);
  return gone;
}

function rises(deployment: string, live: TrafficState, declared: TrafficState): boolean {
  return weightOf(declared.traffic, deployment) > weightOf(live.traffic, deployment);
}

/** Whether a traffic state names a deployment. */
export function isDeclared({ traffic }: TrafficState, deployment: string | undefined): boolean {
  return Object.keys(traffic).some((name) => isSameName(name, deployment));
}

/**
 * Whether a step only gives traffic back: the endpoint serves, and no candidate gets more, live or mirrored. Such a
 * step waits for nothing and is written first.
 */
export function isWayBack(live: LiveState, declared: TrafficState): boolean {
  if (!isServing(live) || !isServing(declared) || sameTraffic(live, declared)) return false;
  const mirrored = Object.keys(declared.mirrorTraffic).some(
    (name) => weightOf(declared.mirrorTraffic, name) > weightOf(live.mirrorTraffic, name),
  );
  return !mirrored && risingCandidates(live, declared, stableOf(live, declared, live.stable)).length === 0;
}
