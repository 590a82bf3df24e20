import { recordOf, trafficOfRecord } from "./record";
import type { Tags } from "./record";
import type { LiveState } from "./step";
import { totalWeight } from "./weights";
import type { TrafficState } from "./weights";

/** What a step needs to know of a live endpoint; `earlier` are states that may have been written last. */
export function liveStateOf(live: TrafficState & { readonly tags: Tags }, earlier: readonly TrafficState[]): LiveState {
  const record = recordOf(live.tags);
  const recorded = trafficOfRecord(record.traffic, [live, ...earlier]);
  // What was written earlier says nothing of an endpoint that was created again since.
  const isNew = record.traffic === undefined && totalWeight(live.traffic) + totalWeight(live.mirrorTraffic) === 0;
  return {
    traffic: live.traffic,
    mirrorTraffic: live.mirrorTraffic,
    lastApplied: isNew ? [] : [...(recorded ? [recorded] : []), ...earlier],
    ...(record.changedAt !== undefined && { changedAt: record.changedAt }),
    ...(record.stable !== undefined && { stable: record.stable }),
  };
}
