import { isMap } from "../values/shape";
import { show } from "../values/violation";
import type { Violation } from "../values/violation";
import { totalWeight, weightOf } from "./weights";
import type { Weights } from "./weights";

/** Azure mirrors at most half of the requests ("how-to-safely-rollout-online-endpoints"). */
const MAX_MIRROR_WEIGHT = 50;

/**
 * What Azure accepts as weights: whole percents of declared deployments that add up to 100, or all 0.
 *
 * @param deployments - the declared names; undefined when they are not known, then any name will do
 */
export function checkTraffic(traffic: Weights, deployments: readonly string[] | undefined): Violation[] {
  return checkTotal("traffic", traffic, deployments);
}

/** Live weights that may be overwritten: weights as an endpoint can have them, of any deployment. */
export function checkAcceptLive(weights: Weights): Violation[] {
  return checkTotal("acceptLive", weights, undefined);
}

/** What Azure accepts as mirror traffic: at most 50 % of the requests, copied to one deployment that serves none. */
export function checkMirrorTraffic(
  mirror: Weights,
  traffic: Weights,
  deployments: readonly string[] | undefined,
): Violation[] {
  const path = "mirrorTraffic";
  const violations = checkWeightMap(path, mirror, deployments, MAX_MIRROR_WEIGHT);
  if (!isMap(mirror)) return violations;
  const targets = Object.keys(positive(mirror));
  if (targets.length > 1) {
    const reason = `${targets.length} deployments (${targets.join(", ")}) are named; mirror to one deployment at a time`;
    violations.push({ path, reason });
  }
  const live = positive(traffic);
  for (const name of targets.filter((target) => weightOf(live, target) > 0)) {
    violations.push({
      path: `${path}.${name}`,
      reason: `has live weight ${weightOf(live, name)} too; a deployment gets live or mirrored requests, never both: set one of them to 0`,
    });
  }
  return violations;
}

function checkTotal(path: string, weights: Weights, deployments: readonly string[] | undefined): Violation[] {
  const violations = checkWeightMap(path, weights, deployments, 100);
  if (!isMap(weights) || !Object.values(weights).every(isWeight)) return violations;
  const total = totalWeight(weights);
  if (total === 0 || total === 100) return violations;
  return [...violations, { path, reason: `the weights add up to ${total}; they must add up to 100` }];
}

function checkWeightMap(
  path: string,
  weights: Weights,
  deployments: readonly string[] | undefined,
  max: number,
): Violation[] {
  if (!isMap(weights)) {
    return [{ path, reason: `must be a map of deployment names to weights, got ${show(weights)}` }];
  }
  return Object.entries(weights).flatMap(([name, weight]) => {
    const violations: Violation[] = [];
    if (deployments?.includes(name) === false) {
      violations.push({ path: `${path}.${name}`, reason: unknownDeployment(deployments) });
    }
    if (!isWeight(weight) || weight > max) {
      const reason = `must be a whole number from 0 to ${max}, got ${show(weight)}`;
      violations.push({ path: `${path}.${name}`, reason });
    }
    return violations;
  });
}

function unknownDeployment(deployments: readonly string[]): string {
  const others = deployments.length === 0 ? "" : ` or use ${deployments.join(", ")}`;
  return `no such deployment; add it to deployments${others}`;
}

/** The entries that give a deployment requests; anything that is no weight has its own violation. */
function positive(weights: unknown): Weights {
  const entries = isMap(weights) ? Object.entries(weights) : [];
  return Object.fromEntries(entries.filter((entry): entry is [string, number] => isWeight(entry[1]) && entry[1] > 0));
}

function isWeight(weight: unknown): weight is number {
  return typeof weight === "number" && Number.isInteger(weight) && weight >= 0 && weight <= 100;
}
