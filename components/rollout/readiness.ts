import type { RolloutPolicy } from "../settings/policy";
import { entryOf } from "../values/shape";
import type { Violation } from "../values/violation";
import { hasWeight, weightOf } from "./weights";
import type { TrafficState, Weights } from "./weights";

/** The provisioning states of deployments by declared name; undefined for one that is not there. */
export type DeploymentStates = Readonly<Record<string, string | undefined>>;

/** A weight, live or mirrored, and its place in the arguments. */
export interface PlacedWeight {
  readonly name: string;
  readonly path: string;
}

/** The deployments that a state gives live or mirrored weight, with the place of the weight. */
export function weightedDeployments({ traffic, mirrorTraffic }: TrafficState): readonly PlacedWeight[] {
  return Object.entries({ traffic, mirrorTraffic }).flatMap(([map, weights]: [string, Weights]) =>
    Object.keys(weights)
      .filter((name) => weightOf(weights, name) > 0)
      .map((name) => ({ name, path: `${map}.${name}` })),
  );
}

/**
 * The deployments that get requests and have none now. One that has some answers already, whatever Azure does to it:
 * more of them never waits for it, so the way back is open while the stable deployment is scaled.
 *
 * @param live - undefined while the endpoint does not exist
 */
export function risingFromNothing(declared: TrafficState, live: TrafficState | undefined): readonly PlacedWeight[] {
  return weightedDeployments(declared).filter(({ name }) => live === undefined || !hasWeight(live, name));
}

/** No weight is written for a deployment that has none and is not ready. */
export function checkReadiness(
  declared: TrafficState,
  states: DeploymentStates,
  live: TrafficState | undefined,
): Violation[] {
  return risingFromNothing(declared, live).flatMap(({ name, path }) => {
    const state = entryOf(states, name);
    if (state === "Succeeded") return [];
    if (state === undefined) return [{ path, reason: NOT_THERE }];
    return [{ path, reason: `the deployment is ${state}; it can have weight when it is Succeeded` }];
  });
}

const NOT_THERE =
  'the deployment is not there; set its weight to 0, run "pulumi up --refresh", which makes it again, then raise it';

/**
 * The deployments that get requests first in this step, though not more than a new one may have, and were declared in the
 * step before: they are there, or somebody has deleted them. Only of such a one a preview can tell.
 */
export function presumedThere(
  declared: TrafficState,
  live: TrafficState | undefined,
  earlier: TrafficState | undefined,
  { maxInitialWeight }: Pick<RolloutPolicy, "maxInitialWeight">,
): readonly string[] {
  const were = new Set(Object.keys(earlier?.traffic ?? {}).map((name) => name.toLowerCase()));
  return risingFromNothing(declared, live)
    .map(({ name }) => name)
    .filter((name) => were.has(name.toLowerCase()) && weightOf(declared.traffic, name) > maxInitialWeight);
}

/** Whether Azure is at work on something and will end: what is asked for then is refused, a moment later it is not. */
export function isAtWork(provisioningState: string | undefined): boolean {
  return provisioningState !== undefined && AT_WORK.has(provisioningState);
}

const AT_WORK = new Set(["Creating", "Updating", "Scaling"]);
