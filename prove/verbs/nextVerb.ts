/** What stack config says of a rollout, as far as it decides which verbs can be typed. */
export interface Declared {
  /** Undefined while nothing is being rolled out. */
  readonly candidate: string | undefined;
  /** Weight of the candidate in percent. */
  readonly weight: number;
  readonly isPaused: boolean;
}

/** The verbs that a rollout can be moved on with, each as it is typed. */
export function possibleVerbs({ candidate, weight, isPaused }: Declared, model: string): readonly string[] {
  if (candidate === undefined) return [`start ${model}`, "undo"];
  const rising = isPaused ? ["resume"] : ["promote", "promote --full", "pause"];
  if (weight === 0) return [...rising, "finish"];
  if (weight === 100) return ["finish", "abort", "undo"];
  return [...rising, "abort", "undo"];
}

/** Weights by deployment as config declares them; those without weight are left out. */
export function declaredWeights(deployments: readonly string[], { candidate, weight }: Declared): object {
  if (candidate === undefined) return { [deployments[0] ?? ""]: 100 };
  const stable = deployments.find((name) => name !== candidate) ?? "";
  return Object.fromEntries(
    [
      [stable, 100 - weight],
      [candidate, weight],
    ].filter(([, each]) => each !== 0),
  ) as object;
}
