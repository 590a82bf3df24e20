import { risingCandidates, stableOf } from "./roles";
import type { LiveState } from "./step";
import { isServing, sameTraffic, weightOf } from "./weights";
import type { TrafficState } from "./weights";

/**
 * Whether a step only gives requests back: the endpoint serves, and no candidate gets more of them, live or mirrored. It
 * waits for nothing and nothing else is written before it.
 */
export function isWayBack(live: LiveState, declared: TrafficState): boolean {
  if (!isServing(live) || !isServing(declared) || sameTraffic(live, declared)) return false;
  const mirrored = Object.keys(declared.mirrorTraffic).some(
    (name) => weightOf(declared.mirrorTraffic, name) > weightOf(live.mirrorTraffic, name),
  );
  return !mirrored && risingCandidates(live, declared, stableOf(live, declared, live.stable)).length === 0;
}
