import { show } from "./violation";
import type { Violation } from "./violation";
import { weightOf } from "./weights";
import type { Weights } from "./weights";

/** Azure mirrors at most half of the requests ("how-to-safely-rollout-online-endpoints"). */
export const MAX_MIRROR_WEIGHT = 50;

/** What Azure accepts as weights: whole percents of declared deployments that add up to 100, or all 0. */
export function checkTraffic(traffic: Weights, deployments: readonly string[]): Violation[] {
  const violations = checkWeightMap("traffic", traffic, deployments, 100);
  if (violations.length > 0 && !Object.values(traffic).every(isWeight)) return violations;
  const total = Object.values(traffic).reduce((sum, weight) => sum + weight, 0);
  if (total !== 0 && total !== 100) {
    violations.push({ path: "traffic", reason: `the weights add up to ${total}; they must add up to 100` });
  }
  return violations;
}

/** What Azure accepts as mirror traffic: at most 50 % of the requests, copied to one deployment that serves none. */
export function checkMirrorTraffic(mirror: Weights, traffic: Weights, deployments: readonly string[]): Violation[] {
  const violations = checkWeightMap("mirrorTraffic", mirror, deployments, MAX_MIRROR_WEIGHT);
  const targets = Object.keys(mirror).filter((name) => weightOf(mirror, name) > 0);
  if (targets.length > 1) {
    violations.push({
      path: "mirrorTraffic",
      reason: `${targets.length} deployments (${targets.join(", ")}) are named; mirror to one deployment at a time`,
    });
  }
  for (const name of targets.filter((target) => weightOf(traffic, target) > 0)) {
    violations.push({
      path: `mirrorTraffic.${name}`,
      reason: `${name} has live weight ${weightOf(traffic, name)}; a deployment gets live or mirrored requests, never both`,
    });
  }
  return violations;
}

function checkWeightMap(path: string, weights: Weights, deployments: readonly string[], max: number): Violation[] {
  if (!isMap(weights)) {
    return [{ path, reason: `must be a map of deployment names to weights, got ${show(weights)}` }];
  }
  return Object.entries(weights).flatMap(([name, weight]) => {
    const violations: Violation[] = [];
    if (!deployments.includes(name)) {
      violations.push({ path: `${path}.${name}`, reason: `no such deployment; declared are ${list(deployments)}` });
    }
    if (!isWeight(weight) || weight > max) {
      violations.push({
        path: `${path}.${name}`,
        reason: `must be a whole number from 0 to ${max}, got ${show(weight)}`,
      });
    }
    return violations;
  });
}

function isWeight(weight: unknown): weight is number {
  return typeof weight === "number" && Number.isInteger(weight) && weight >= 0 && weight <= 100;
}

function isMap(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function list(names: readonly string[]): string {
  return names.length > 0 ? names.join(", ") : "none";
}
