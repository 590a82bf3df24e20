import { fc } from "@fast-check/vitest";
import type { TrafficState, Weights } from "../../components/rollout/weights";

export function stateOf(traffic: Weights, mirrorTraffic: Weights = {}): TrafficState {
  return { traffic, mirrorTraffic };
}

/** Names as Azure takes them, short so that failures are readable. */
const deploymentName = fc.stringMatching(/^[a-zA-Z][-a-zA-Z0-9]{1,4}[a-zA-Z0-9]$/);

/** Names of one endpoint: no two are the same without case. */
export const deploymentNames = fc.uniqueArray(deploymentName, {
  minLength: 1,
  maxLength: 4,
  selector: (name) => name.toLowerCase(),
});

/** Whole weights of all `names` that add up to 100, zeros among them. */
export function weightsOf(names: readonly string[]): fc.Arbitrary<Weights> {
  const count = names.length - 1;
  const cut = fc.oneof(fc.constantFrom(0, 100), fc.integer({ min: 0, max: 100 }));
  return fc.array(cut, { minLength: count, maxLength: count }).map((inner) => {
    const cuts = [0, ...inner.toSorted((a, b) => a - b), 100];
    return Object.fromEntries(names.map((name, index) => [name, (cuts[index + 1] ?? 0) - (cuts[index] ?? 0)]));
  });
}

/** States that Azure accepts: weights that add up to 100, and a mirror when the deployment chosen for it is idle. */
export function servingStateOf(names: readonly string[]): fc.Arbitrary<TrafficState> {
  const mirror = fc.tuple(fc.constantFrom(...names), fc.integer({ min: 1, max: 50 }));
  return fc.tuple(weightsOf(names), mirror).map(([traffic, [target, percent]]) => ({
    traffic,
    mirrorTraffic: traffic[target] === 0 ? { [target]: percent } : {},
  }));
}

export const servingState = deploymentNames.chain(servingStateOf);

/** Two states of the same deployments, before and after a step. */
export const servingStates = deploymentNames.chain((names) => fc.tuple(servingStateOf(names), servingStateOf(names)));
