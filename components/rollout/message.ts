import { positiveWeights, totalWeight, weightOf } from "./weights";
import type { TrafficState, Weights } from "./weights";

/** One line in rollout language: `traffic  default 100 -> 90, green 0 -> 10 (10 points move)`. */
export function describeStep(live: TrafficState, declared: TrafficState): string {
  const names = namesOf(declared.traffic, live.traffic);
  const weights = names.map((name) => describeChange(name, live.traffic, declared.traffic));
  const mirror = namesOf(declared.mirrorTraffic, live.mirrorTraffic)
    .filter((name) => weightOf(live.mirrorTraffic, name) !== weightOf(declared.mirrorTraffic, name))
    .map((name) => `mirror ${describeChange(name, live.mirrorTraffic, declared.mirrorTraffic)}`);
  return `traffic  ${[...weights, ...mirror].join(", ")} (${describePoints(live.traffic, declared.traffic)})`;
}

/** What a person usually does after this step. */
export function nextStep(declared: TrafficState, stable: string | undefined): string {
  const serving = Object.keys(positiveWeights(declared.traffic));
  const idle = Object.keys(declared.traffic).filter((name) => weightOf(declared.traffic, name) === 0);
  if (serving.length === 0) return "next: give one deployment weight 100";
  if (serving.length > 1) {
    const candidates = serving.filter((name) => name !== stable?.toLowerCase());
    return `next: raise ${candidates.join(", ")}, or set ${candidates.length === 1 ? "it" : "them"} back to 0 to abort`;
  }
  if (idle.length === 0) return "next: add a deployment with the new model version at weight 0";
  const retired = idle.find((name) => name.toLowerCase() === stable?.toLowerCase());
  if (retired !== undefined)
    return `next: remove ${retired} from deployments and traffic, or give its weight back to abort`;
  return `next: test ${idle.join(", ")} by the header azureml-model-deployment, then give it weight`;
}

function namesOf(declared: Weights, live: Weights): readonly string[] {
  const declaredNames = Object.keys(declared);
  const lowerCased = new Set(declaredNames.map((name) => name.toLowerCase()));
  const leaving = Object.keys(live).filter((name) => !lowerCased.has(name.toLowerCase()) && weightOf(live, name) > 0);
  return [...leaving, ...declaredNames];
}

function describeChange(name: string, from: Weights, to: Weights): string {
  const [before, after] = [weightOf(from, name), weightOf(to, name)];
  return before === after ? `${name} ${after}` : `${name} ${before} -> ${after}`;
}

function describePoints(live: Weights, declared: Weights): string {
  if (totalWeight(live) === 0) return totalWeight(declared) === 0 ? "nothing serves yet" : "first serving";
  const rising = Object.keys(declared).map((name) => Math.max(0, weightOf(declared, name) - weightOf(live, name)));
  const points = rising.reduce((sum, rise) => sum + rise, 0);
  return points === 0 ? "nothing moves" : `${points} ${points === 1 ? "point moves" : "points move"}`;
}
