import { retiringOf } from "./roles";
import type { LiveState } from "./step";
import type { Violation } from "./violation";
import { isWayBack } from "./wayBack";
import type { TrafficState } from "./weights";

/** Deployments of an endpoint. Source: Azure ML quotas and limits, "how-to-manage-quotas". */
export const MAX_DEPLOYMENTS = 20;

/**
 * What leaves is deleted last, so that it takes a place beside all that is declared. Giving weight back is refused for no
 * other deployment.
 */
export function checkSlots(live: LiveState, declared: TrafficState): Violation[] {
  const leaving = retiringOf(live, declared);
  const count = Object.keys(declared.traffic).length;
  if (leaving.length === 0 || count + leaving.length <= MAX_DEPLOYMENTS || isWayBack(live, declared)) return [];
  const leave = leaving.length === 1 ? "1 that leaves" : `${leaving.length} that leave`;
  const reason =
    `${count} and ${leave} (${leaving.join(", ")}): Azure takes ${MAX_DEPLOYMENTS} at a time, and what leaves is deleted ` +
    `last; remove ${leaving.length === 1 ? "it" : "them"} in an update of its own first`;
  return [{ path: "deployments", reason }];
}
