import type { RolloutPolicy } from "../settings/policy";
import { weightOf } from "./weights";
import type { TrafficState } from "./weights";
import { WeightsFrom } from "../args/rollout";
import { isSameName } from "../values/sameName";

/** Where in stack config the weights are. */
export interface WeightsPlace {
  readonly weightsFrom?: WeightsFrom | undefined;
  /** Before the keys and a colon; undefined for the project's own. */
  readonly configNamespace?: string | undefined;
}

/** Where a canary begins, as in Microsoft's article. */
const FIRST_WEIGHT = 10;

/**
 * The command for the usual next step of a rollout between two deployments: raise the candidate, or remove the old one
 * with all that config says of the rollout, so that the next one begins at 0.
 *
 * @returns undefined when config does not hold the weights, or nothing is clearly next
 */
export function nextCommand(
  { traffic }: TrafficState,
  stable: string | undefined,
  { maxIncrease }: RolloutPolicy,
  { weightsFrom, configNamespace }: WeightsPlace,
): string | undefined {
  const names = Object.keys(traffic);
  const home = names.find((name) => isSameName(name, stable));
  const [candidate, ...more] = names.filter((name) => name !== home);
  if (weightsFrom === undefined || home === undefined || candidate === undefined || more.length > 0) return undefined;
  const key = (path: string): string => (configNamespace === undefined ? path : `${configNamespace}:${path}`);
  const weight = weightOf(traffic, candidate);
  if (weight === 100) {
    const ended = weightsFrom === WeightsFrom.Candidate ? ["candidate", "candidateTraffic"] : [`traffic.${home}`];
    return `pulumi config rm-all --path ${[`deployments.${home}`, ...ended].map(key).join(" ")} && pulumi up`;
  }
  const raised = Math.min(100, weight + maxIncrease, weight === 0 ? FIRST_WEIGHT : 100);
  if (weightsFrom === WeightsFrom.Candidate) return `pulumi up -c ${key("candidateTraffic")}=${raised}`;
  const settings = [
    [home, 100 - raised],
    [candidate, raised],
  ].map(([name, value]) => `-c ${key(`traffic.${name}`)}=${value}`);
  return `pulumi up --config-path ${settings.join(" ")}`;
}
