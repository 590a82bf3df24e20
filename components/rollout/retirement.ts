import { describeLoad } from "./liveDeployment";
import { isDeclared } from "./roles";
import type { Violation } from "./violation";
import { isServing } from "./weights";
import type { TrafficState } from "./weights";

/**
 * A deployment that has requests does not leave in the update that takes them: the engine would delete it right after
 * the write, and the way back with it. The engine refuses it too, after the write.
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
      `has ${load} and leaves in the same update; declare it again, with weight 0, and run "pulumi up": ` +
      "it can leave in the update after that";
    return [{ path: `deployments.${name}`, reason }];
  });
}
