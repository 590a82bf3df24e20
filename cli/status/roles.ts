import { stableOf } from "../../components/rollout/roles";
import { NO_TRAFFIC, hasWeight } from "../../components/rollout/weights";
import type { TrafficState } from "../../components/rollout/weights";
import { isSameName } from "../../components/values/sameName";
import type { Role } from "../view/rolloutView";

/** Who is who in a rollout; undefined where nobody clearly is. */
export interface Roles {
  readonly stable: string | undefined;
  readonly candidate: string | undefined;
}

export interface RoleFacts {
  /** Names of the declared deployments. */
  readonly declared: readonly string[];
  /** As config names it. */
  readonly candidate: string | undefined;
  readonly live: TrafficState | undefined;
  /** The stable deployment recorded with the last step. */
  readonly recorded: string | undefined;
}

/**
 * Between two deployments the one that config or the last step names decides, until the old one has left. Among more, the
 * candidate is the only other one that has requests.
 */
export function rolesOf({ declared, candidate, live = NO_TRAFFIC, recorded }: RoleFacts): Roles {
  const find = (name: string | undefined): string | undefined => declared.find((other) => isSameName(other, name));
  const [first, second] = declared;
  if (declared.length === 2 && first !== undefined && second !== undefined) {
    const other = (name: string): string => (name === first ? second : first);
    const chosen = find(candidate);
    if (chosen !== undefined) return { stable: other(chosen), candidate: chosen };
    const stable = find(recorded) ?? find(stableOf(live, live, undefined));
    return { stable, candidate: stable && other(stable) };
  }
  const stable = find(stableOf(live, { ...live, traffic: withNames(live, declared) }, recorded)) ?? only(declared);
  const rising = declared.filter((name) => name !== stable && hasWeight(live, name));
  return { stable, candidate: stable === undefined ? undefined : only(rising) };
}

export function roleOf(name: string, { stable, candidate }: Roles): Role {
  if (isSameName(name, stable)) return "stable";
  return isSameName(name, candidate) ? "candidate" : "other";
}

function only(names: readonly string[]): string | undefined {
  return names.length === 1 ? names[0] : undefined;
}

/** For the rule of the stable deployment, which must be declared. */
function withNames({ traffic }: TrafficState, names: readonly string[]): TrafficState["traffic"] {
  return { ...Object.fromEntries(names.map((name) => [name, 0])), ...traffic };
}
