import type { TrafficState } from "../../components/rollout/weights";
import type { OpenRollout } from "../stack/openRollout";

/** What is live; undefined when it cannot be read. */
export async function readLiveTraffic(rollout: OpenRollout): Promise<TrafficState | undefined> {
  // Only a failed update asks, and signing in loads much.
  const { openAzure } = require("../azure/session") as typeof import("../azure/session");
  try {
    const azure = await openAzure(rollout);
    const { endpoint } = await azure.readRollout();
    return endpoint && { traffic: endpoint.traffic, mirrorTraffic: endpoint.mirrorTraffic };
  } catch {
    return undefined;
  }
}
