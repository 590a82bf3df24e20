import type { RolloutPolicy } from "./policy";
import { weightOf } from "./weights";
import type { TrafficState } from "./weights";

/** How stack config holds the weights. */
export const WeightsFrom = {
  /** `candidate` and `candidateTraffic`. */
  Candidate: "candidate",
  /** The map `traffic`. */
  Traffic: "traffic",
} as const;
export type WeightsFrom = (typeof WeightsFrom)[keyof typeof WeightsFrom];

/** Where a canary begins, as in Microsoft's article. */
const FIRST_WEIGHT = 10;

/**
 * The command for the usual next step of a rollout between two deployments: raise the candidate, or remove the old one.
 *
 * @returns undefined when config does not hold the weights, or nothing is clearly next
 */
export function nextCommand(
  { traffic }: TrafficState,
  stable: string | undefined,
  { maxIncrease }: RolloutPolicy,
  weightsFrom: WeightsFrom | undefined,
): string | undefined {
  const names = Object.keys(traffic);
  const home = names.find((name) => name.toLowerCase() === stable?.toLowerCase());
  const [candidate, ...more] = names.filter((name) => name !== home);
  if (weightsFrom === undefined || home === undefined || candidate === undefined || more.length > 0) return undefined;
  const weight = weightOf(traffic, candidate);
  if (weight === 100) return `pulumi config rm --path deployments.${home} && pulumi up`;
  const raised = Math.min(100, weight + maxIncrease, weight === 0 ? FIRST_WEIGHT : 100);
  if (weightsFrom === WeightsFrom.Candidate) return `pulumi up -c candidateTraffic=${raised}`;
  const settings = [
    [home, 100 - raised],
    [candidate, raised],
  ].map(([name, value]) => `-c traffic.${name}=${value}`);
  return `pulumi up --config-path ${settings.join(" ")}`;
}
