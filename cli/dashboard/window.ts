import { positiveWeights, sameTraffic, totalWeight } from "../../components/rollout/weights";
import type { TrafficState } from "../../components/rollout/weights";
import type { History } from "./history";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** How much of what was before is shown, and how much at most. */
const BEFORE = 0.08;
const LEAST_BEFORE_MS = MINUTE_MS;
const MOST_HOURS = 24;

interface Window {
  readonly from: number;
  readonly to: number;
}

interface KnownWeights {
  readonly from: number;
  readonly state: TrafficState;
}

/**
 * From when to when the plots go, in milliseconds since 1970: the rollout under way or the last one, and what was
 * shortly before it.
 *
 * @param known - all known weights, oldest first
 */
export function windowOf({ views, steps }: History, known: readonly KnownWeights[], hours?: number): Window {
  const to = Date.parse(views.at(-1)?.at ?? "1970-01-01T00:00:00Z");
  if (hours !== undefined) return { from: to - hours * HOUR_MS, to };
  const origin = originOf(known);
  const first = steps.find(({ since }) => since > (origin?.from ?? -Infinity))?.since;
  const start = Math.min(first ?? to, beginAfter(known, origin) ?? to, to);
  const before = Math.max((to - start) * BEFORE, LEAST_BEFORE_MS);
  return { from: Math.max(start - before, to - MOST_HOURS * HOUR_MS), to };
}

/** The weights of before the rollout: the last time that one deployment served alone, other than at its end. */
function originOf(known: readonly KnownWeights[]): KnownWeights | undefined {
  const last = known.at(-1);
  const isEnd = ({ state }: KnownWeights): boolean =>
    last !== undefined && isAlone(last) && sameTraffic(state, last.state);
  const end = known.findLastIndex((each) => !isEnd(each));
  return known.slice(0, end + 1).findLast(isAlone);
}

function beginAfter(known: readonly KnownWeights[], origin: KnownWeights | undefined): number | undefined {
  return known[origin === undefined ? 0 : known.indexOf(origin) + 1]?.from;
}

function isAlone({ state }: KnownWeights): boolean {
  return Object.keys(positiveWeights(state.traffic)).length === 1 && totalWeight(state.mirrorTraffic) === 0;
}
