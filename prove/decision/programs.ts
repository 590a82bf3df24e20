import { checkMirrorTraffic, checkTraffic } from "../../components/rollout/trafficRules";
import { totalWeight } from "../../components/rollout/weights";
import type { TrafficState, Weights } from "../../components/rollout/weights";

/** What a program declares: model versions by deployment, and the traffic. */
export interface Program {
  readonly deployments: Readonly<Record<string, string>>;
  readonly state: TrafficState;
}

export interface Grid {
  /** The possible model versions of each deployment. */
  readonly versions: Readonly<Record<string, readonly string[]>>;
  readonly weights: readonly number[];
  readonly mirror: number;
}

/** Every program of a grid that the constructor accepts: any deployments, any weights, mirror on or off. */
export function programsOf({ versions, weights, mirror }: Grid): readonly Program[] {
  const choices = Object.entries(versions).map(([name, all]) =>
    [undefined, ...all].map((version) => ({ name, version })),
  );
  return product(choices)
    .map((chosen) => Object.fromEntries(chosen.flatMap(({ name, version }) => (version ? [[name, version]] : []))))
    .filter((deployments) => Object.keys(deployments).length > 0)
    .flatMap((deployments) =>
      statesOf(Object.keys(deployments), weights, mirror).map((state) => ({ deployments, state })),
    )
    .filter(isAccepted);
}

/** The traffic states in which some deployments serve, with and without a mirror, and the one in which none does. */
export function statesOf(
  names: readonly string[],
  weights: readonly number[],
  mirror: number,
): readonly TrafficState[] {
  const maps = product(names.map((name) => weights.map((weight): [string, number] => [name, weight])))
    .map((entries): Weights => Object.fromEntries(entries))
    .filter((traffic) => [0, 100].includes(totalWeight(traffic)));
  return maps.flatMap((traffic) => [
    { traffic, mirrorTraffic: {} },
    ...(totalWeight(traffic) === 0 ? [] : names.filter((name) => traffic[name] === 0)).map((name) => ({
      traffic,
      mirrorTraffic: { [name]: mirror },
    })),
  ]);
}

function isAccepted({ deployments, state: { traffic, mirrorTraffic } }: Program): boolean {
  const names = Object.keys(deployments);
  return [...checkTraffic(traffic, names), ...checkMirrorTraffic(mirrorTraffic, traffic, names)].length === 0;
}

function product<T>(choices: readonly (readonly T[])[]): readonly (readonly T[])[] {
  return choices.reduce<readonly (readonly T[])[]>(
    (all, options) => all.flatMap((chosen) => options.map((option) => [...chosen, option])),
    [[]],
  );
}
