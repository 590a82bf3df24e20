import { describeLoad } from "./liveDeployment";
import { isDeclared, retiringOf, isWayBack } from "./roles";
import type { Violation } from "../values/violation";
import { isServing } from "./weights";
import type { TrafficState } from "./weights";
import type { LiveState } from "./step";

/**
 * A deployment with traffic may not be removed in the update that takes its traffic: the engine would delete it right
 * after the write, and the way back with it. The engine refuses it too, but only after the write.
 *
 * @param isProtected - whether deletion protection is on
 */
export function checkRetirement(live: TrafficState, declared: TrafficState, isProtected: boolean): Violation[] {
  if (!isProtected || !isServing(declared)) return [];
  const names = [...new Set([...Object.keys(live.traffic), ...Object.keys(live.mirrorTraffic)])];
  return names.flatMap((name) => {
    const load = describeLoad(live, name);
    if (load === undefined || isDeclared(declared, name)) return [];
    const reason =
      `has ${load} and is removed in the same update; declare it again with weight 0 and run "pulumi up": ` +
      "it can be removed in the update after that";
    return [{ path: `deployments.${name}`, reason }];
  });
}

/** Deployments of an endpoint. Source: Azure ML quotas and limits, "how-to-manage-quotas". */
export const MAX_DEPLOYMENTS = 20;

/**
 * Removed deployments are deleted last, so until then they count besides the declared ones. Never blocks the way back.
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
