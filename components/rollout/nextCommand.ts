import type { PlannedNext } from "./plannedNext";
import type { RolloutPolicy } from "../settings/policy";
import { hasWeight, weightOf } from "./weights";
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
 * @param planned - what the plan does next, when one is declared
 * @returns undefined when config does not hold the weights, or nothing is clearly next
 */
export function nextCommand(
  declared: TrafficState,
  stable: string | undefined,
  { maxIncrease }: RolloutPolicy,
  { weightsFrom, configNamespace }: WeightsPlace,
  planned?: PlannedNext,
): string | undefined {
  const { traffic } = declared;
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
  if (planned?.paused !== undefined) return `pulumi config rm --path ${key("rollout.paused")} && pulumi up`;
  if (planned?.stage.kind === "mirror") {
    return `pulumi up --config-path -c ${key(`mirrorTraffic.${candidate}`)}=${planned.stage.percent}`;
  }
  const raised = planned?.stage.percent ?? Math.min(100, weight + maxIncrease, weight === 0 ? FIRST_WEIGHT : 100);
  const raise = raiseTo(raised, [home, candidate], weightsFrom, key);
  // A deployment gets live or mirrored requests, never both.
  const isMirrored = weight === 0 && hasWeight(declared, candidate);
  return planned !== undefined && isMirrored ? `pulumi config rm ${key("mirrorTraffic")} && ${raise}` : raise;
}

function raiseTo(
  raised: number,
  [home, candidate]: readonly [string, string],
  weightsFrom: WeightsFrom,
  key: (path: string) => string,
): string {
  if (weightsFrom === WeightsFrom.Candidate) return `pulumi up -c ${key("candidateTraffic")}=${raised}`;
  const settings = [
    [home, 100 - raised],
    [candidate, raised],
  ].map(([name, value]) => `-c ${key(`traffic.${name}`)}=${value}`);
  return `pulumi up --config-path ${settings.join(" ")}`;
}
