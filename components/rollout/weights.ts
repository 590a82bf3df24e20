import { isSameName } from "../values/sameName";

/**
 * Weights by deployment name, in whole percent (0 to 100).
 *
 * A weight of 0 is a value: the deployment is declared and gets no traffic.
 */
export interface Weights {
  readonly [deployment: string]: number;
}

/** An endpoint's live weights and mirrored share. */
export interface TrafficState {
  readonly traffic: Weights;
  readonly mirrorTraffic: Weights;
}

/** The state of an endpoint that serves nothing. */
export const NO_TRAFFIC: TrafficState = { traffic: {}, mirrorTraffic: {} };

/**
 * The positive weights with lower-case names, sorted by name: maps are equivalent when these are equal.
 *
 * Azure compares deployment names ignoring case, and its clients drop zeros.
 */
export function positiveWeights(weights: Weights): Weights {
  const positive = Object.entries(weights).filter(([, weight]) => weight > 0);
  const named = positive.map(([name, weight]): [string, number] => [name.toLowerCase(), weight]);
  return Object.fromEntries(named.toSorted(([a], [b]) => compare(a, b)));
}

/** Whether the positive weights of two maps are equal; asked many times in a decision, and so without building them. */
export function sameWeights(a: Weights, b: Weights): boolean {
  return a === b || (isWithin(a, b) && isWithin(b, a));
}

function isWithin(some: Weights, others: Weights): boolean {
  for (const name of Object.keys(some)) {
    const weight = positiveWeight(some, name);
    if (weight > 0 && weight !== positiveWeight(others, name)) return false;
  }
  return true;
}

/** As {@link positiveWeights} has it: of two names that differ only in case, the last one counts. */
function positiveWeight(weights: Weights, deployment: string): number {
  let found = 0;
  for (const name of Object.keys(weights)) {
    const weight = weights[name] ?? 0;
    if (weight > 0 && isSameName(name, deployment)) found = weight;
  }
  return found;
}

export function sameTraffic(a: TrafficState, b: TrafficState): boolean {
  return sameWeights(a.traffic, b.traffic) && sameWeights(a.mirrorTraffic, b.mirrorTraffic);
}

/** The weight of a deployment, 0 when the map does not name it. Names are compared ignoring case. */
export function weightOf(weights: Weights, deployment: string): number {
  for (const name of Object.keys(weights)) if (isSameName(name, deployment)) return weights[name] ?? 0;
  return 0;
}

/** Whether a state gives a deployment traffic, live or mirrored. */
export function hasWeight({ traffic, mirrorTraffic }: TrafficState, deployment: string): boolean {
  return weightOf(traffic, deployment) + weightOf(mirrorTraffic, deployment) > 0;
}

export function totalWeight(weights: Weights): number {
  return Object.values(weights).reduce((sum, weight) => sum + weight, 0);
}

export function isServing(state: TrafficState): boolean {
  return totalWeight(state.traffic) > 0;
}

/** `default=90 green=10`, as the Azure CLI writes it; `none` without a positive weight. */
export function formatWeights(weights: Weights): string {
  const parts = Object.entries(positiveWeights(weights)).map(([name, weight]) => `${name}=${weight}`);
  return parts.length > 0 ? parts.join(" ") : "none";
}

/** The weights and, where there is one, the mirror: `default=100, mirror green=10`. */
export function formatTraffic(state: TrafficState): string {
  const mirror = formatWeights(state.mirrorTraffic);
  return mirror === "none" ? formatWeights(state.traffic) : `${formatWeights(state.traffic)}, mirror ${mirror}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
