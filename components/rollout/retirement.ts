import { isServing, weightOf } from "./weights";
import type { TrafficState } from "./weights";
import type { Violation } from "./violation";

/**
 * A deployment that has requests does not leave in the update that takes them: the engine would delete it right after
 * the write, and the way back with it. The engine refuses it too, after the write.
 *
 * @param isProtected - whether deletion protection is on
 */
export function checkRetirement(live: TrafficState, declared: TrafficState, isProtected: boolean): Violation[] {
  if (!isProtected || !isServing(declared)) return [];
  const names = [...new Set([...Object.keys(live.traffic), ...Object.keys(live.mirrorTraffic)])];
  const stays = (name: string): boolean =>
    Object.keys(declared.traffic).some((other) => other.toLowerCase() === name.toLowerCase());
  return names.flatMap((name) => {
    const [weight, mirrored] = [weightOf(live.traffic, name), weightOf(live.mirrorTraffic, name)];
    if (stays(name) || weight + mirrored === 0) return [];
    const load = weight > 0 ? `${weight} % of the live traffic` : `${mirrored} % mirror traffic`;
    const reason =
      `has ${load} and leaves in the same update; declare it again, with weight 0, and run "pulumi up": ` +
      "it can leave in the update after that";
    return [{ path: `deployments.${name}`, reason }];
  });
}
