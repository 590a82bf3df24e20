import { show } from "../values/violation";
import type { Violation } from "../values/violation";
import type { ConfigText } from "./configKeys";

/**
 * The weights by `candidate` and `candidateTraffic`: with two deployments one number says it all, the other one has
 * the rest.
 *
 * @param names - the declared deployments; undefined when they cannot be read, which has its own violation
 * @returns undefined when config says nothing about a candidate, or nothing that can be used
 */
export function readCandidate(
  text: ConfigText,
  names: readonly string[] | undefined,
  violations: Violation[],
): Readonly<Record<string, number>> | undefined {
  const [candidate, weightText] = [text("candidate"), text("candidateTraffic")];
  const report = (path: string, reason: string): undefined => void violations.push({ path, reason });
  const isWeightSet = weightText !== undefined && weightText !== "0";
  if (text("traffic") !== undefined) {
    if (candidate === undefined && !isWeightSet) return undefined;
    const other = candidate !== undefined ? "candidate" : "candidateTraffic";
    return report("traffic", `both traffic and ${other} are set; remove one of them`);
  }
  if (candidate === undefined) {
    return isWeightSet
      ? report("candidate", "is missing; name the deployment that candidateTraffic is for")
      : undefined;
  }
  const weight = readWeight(weightText ?? "0");
  const isWeight = typeof weight === "number" && Number.isInteger(weight) && weight >= 0 && weight <= 100;
  if (!isWeight) report("candidateTraffic", `must be a whole number from 0 to 100, got ${show(weight)}`);
  if (names === undefined) return undefined;
  // What is left of a finished rollout when the old deployment leaves.
  if (names.length === 1 && names[0] === candidate && weight === 100) return { [candidate]: 100 };
  if (names.length !== 2) return report("candidate", notTwo(names.length));
  if (!names.includes(candidate)) {
    return report("candidate", `${show(candidate)} is not a deployment; use ${names.join(" or ")}`);
  }
  if (!isWeight) return undefined;
  return Object.fromEntries(names.map((name) => [name, name === candidate ? weight : 100 - weight]));
}

function notTwo(count: number): string {
  const are = count === 1 ? "there is 1 deployment" : `there are ${count} deployments`;
  const todo = count > 2 ? "use the map traffic instead" : "declare the second one, or remove these two settings";
  return `${are}; candidate and candidateTraffic are for two: ${todo}`;
}

/** Numbers that were stored as text are numbers; anything else stays as it is, for the rules to name. */
export function readWeight(value: unknown): unknown {
  return typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
}
