import { positiveWeights, weightOf } from "./weights";
import type { TrafficState } from "./weights";

/**
 * The stable deployment: the one that last had all of the requests. A deployment's name says nothing about its role;
 * after a rollout the new one simply is the stable one.
 *
 * @param recorded - the stable deployment written down with the last traffic step, if any; it is stable even while it
 *   has no weight, so that the way back to it stays open
 * @returns the name in lower case, or undefined while no deployment is clearly the stable one
 */
export function stableOf(live: TrafficState, recorded: string | undefined): string | undefined {
  const serving = Object.entries(positiveWeights(live.traffic));
  const all = serving.find(([, weight]) => weight === 100);
  if (all !== undefined) return all[0];
  if (recorded) return recorded.toLowerCase();
  const highest = Math.max(0, ...serving.map(([, weight]) => weight));
  const leaders = serving.filter(([, weight]) => weight === highest);
  return leaders.length === 1 ? leaders[0]?.[0] : undefined;
}

/** The deployments other than the stable one whose weight rises from `live` to `declared`. */
export function risingCandidates(
  live: TrafficState,
  declared: TrafficState,
  stable: string | undefined,
): readonly string[] {
  return Object.keys(declared.traffic).filter(
    (name) =>
      name.toLowerCase() !== stable?.toLowerCase() && weightOf(declared.traffic, name) > weightOf(live.traffic, name),
  );
}
