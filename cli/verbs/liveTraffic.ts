import type { TrafficState } from "../../components/rollout/weights";
import type { OpenRollout } from "../stack/openRollout";

/** What is live; undefined when it cannot be read. */
export function readLiveTraffic(rollout: OpenRollout): Promise<TrafficState | undefined> {
  void rollout;
  return Promise.resolve(undefined);
}
