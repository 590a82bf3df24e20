/** What a difference between two models means to the callers of the first one. */
export type Verdict = "compatible" | "warning" | "breaking";

/** One difference of a candidate's model that callers of the stable one may notice. */
export interface Difference {
  readonly verdict: Exclude<Verdict, "compatible">;
  /** What differs and what happens to a request, such as `input age is long -> string, ...`. */
  readonly what: string;
  /** What to change in the model; empty for a warning that needs none. */
  readonly cure: string;
}

/** The worst verdict. */
export function verdictOf(differences: readonly Difference[]): Verdict {
  if (differences.some(({ verdict }) => verdict === "breaking")) return "breaking";
  return differences.length > 0 ? "warning" : "compatible";
}

export function breaking(what: string, cure: string): Difference {
  return { verdict: "breaking", what, cure };
}

export function warning(what: string): Difference {
  return { verdict: "warning", what, cure: "" };
}
