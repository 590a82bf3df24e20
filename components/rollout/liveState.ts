import { recordOf, trafficOfRecord } from "./record";
import type { Tags } from "./record";
import type { LiveState } from "./step";
import { isServing } from "./weights";
import type { TrafficState } from "./weights";

/** What a step needs to know about a live endpoint; `earlier` are states that may have been written last. */
export function liveStateOf(live: TrafficState & { readonly tags: Tags }, earlier: readonly TrafficState[]): LiveState {
  const record = recordOf(live.tags);
  const recorded = trafficOfRecord(record.traffic, [live, ...earlier]);
  return {
    traffic: live.traffic,
    mirrorTraffic: live.mirrorTraffic,
    lastApplied: [...(recorded ? [recorded] : []), ...earlier],
    ...(record.changedAt !== undefined && { changedAt: record.changedAt }),
    ...(record.stable !== undefined && { stable: record.stable }),
  };
}

/**
 * The weights that an endpoint lost in this run: the service may drop them while it writes a deployment. They are
 * restored, whoever wrote last.
 *
 * @param servedBefore - what was live before the first deployment was written, if anything was
 */
export function droppedWeights(live: TrafficState, servedBefore: TrafficState | undefined): TrafficState | undefined {
  return isServing(live) ? undefined : servedBefore;
}
