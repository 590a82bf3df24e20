import type { TrafficState } from "../../components/rollout/weights";
import { openAzure } from "../azure/session";
import type { OpenRollout } from "../stack/openRollout";

/** What is live; undefined when it cannot be read. */
export async function readLiveTraffic(rollout: OpenRollout): Promise<TrafficState | undefined> {
  try {
    const { endpoint } = await (await openAzure(rollout)).readRollout();
    return endpoint && { traffic: endpoint.traffic, mirrorTraffic: endpoint.mirrorTraffic };
  } catch {
    return undefined;
  }
}
