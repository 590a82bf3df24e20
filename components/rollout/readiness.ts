import type { Violation } from "./violation";
import { weightOf } from "./weights";
import type { TrafficState, Weights } from "./weights";

/** The provisioning states of deployments by declared name; undefined for one that is not there. */
export type DeploymentStates = Readonly<Record<string, string | undefined>>;

/** The deployments that a state gives live or mirrored weight, with the place of the weight. */
export function weightedDeployments({
  traffic,
  mirrorTraffic,
}: TrafficState): readonly { readonly name: string; readonly path: string }[] {
  return Object.entries({ traffic, mirrorTraffic }).flatMap(([map, weights]: [string, Weights]) =>
    Object.keys(weights)
      .filter((name) => weightOf(weights, name) > 0)
      .map((name) => ({ name, path: `${map}.${name}` })),
  );
}

/** No weight is written for a deployment that is not ready. */
export function checkReadiness(declared: TrafficState, states: DeploymentStates): Violation[] {
  return weightedDeployments(declared).flatMap(({ name, path }) => {
    const state = states[name] ?? "not there";
    if (state === "Succeeded") return [];
    return [{ path, reason: `the deployment is ${state}; it can have weight when it is Succeeded` }];
  });
}
