import type { Figure } from "../common/figure";

/** What was measured of a stack. */
export interface Measured {
  /** Components in it. */
  readonly count: number;
  /** By what was done, the least of all rounds: what else the machine does only adds to it. */
  readonly seconds: Readonly<Record<Work, number>>;
  readonly stateBytes: number;
  /** To Azure Resource Manager, in a preview that has nothing to do. */
  readonly requests: number;
}

export const WORKS = ["preview", "step"] as const;
export type Work = (typeof WORKS)[number];

/** Seconds. */
const REACH = 0.25;
/** Two measurements of the same thing differ by less. */
const NOISE = 1.25;

/**
 * The figures of stacks of several sizes, which grow. Pure.
 *
 * @param first the stack of one component
 */
export function figuresOf(first: Measured, larger: readonly Measured[]): readonly Figure[] {
  const added = (of: (measured: Measured) => number): readonly Added[] =>
    larger.map((each) => ({ count: each.count, each: (of(each) - of(first)) / (each.count - 1) }));
  const times = WORKS.flatMap((work) => {
    const seconds = added((measured) => measured.seconds[work]);
    return [...seconds.map((each) => timeOf(work, each)), ...growthOf(work, seconds)];
  });
  return [
    ...times,
    ...growthOf(
      "state",
      added(({ stateBytes }) => stateBytes),
    ),
  ];
}

/** What each component beyond the first adds. */
interface Added {
  readonly count: number;
  readonly each: number;
}

function timeOf(work: Work, { count, each }: Added): Figure {
  const what = { unit: "s", rival: "what is wanted", reach: `<= ${REACH} s per component beyond the first` };
  return heldAgainst(`${work}, ${count} components`, each, REACH, what, 1);
}

/** The largest stack beside the smallest: what a component adds must not depend on how many there are. */
function growthOf(what: string, added: readonly Added[]): readonly Figure[] {
  const [least, most] = [added[0], added.at(-1)];
  if (least === undefined || most === undefined || least === most) return [];
  const name = `${what}, ${most.count} components beside ${least.count}`;
  const unit = what === "state" ? "bytes" : "s";
  const rival = `${least.count} components`;
  return [heldAgainst(name, most.each, least.each, { unit, rival, reach: "not growing" }, NOISE)];
}

function heldAgainst(
  figure: string,
  ours: number,
  against: number,
  what: Pick<Figure, "unit" | "rival" | "reach">,
  limit: number,
): Figure {
  const ratio = ours / against;
  return {
    figure,
    ours: rounded(ours),
    against: rounded(against),
    ratio: rounded(ratio),
    // A rival of nothing, or less by noise, is no excuse.
    ok: ours <= limit * Math.max(against, 0),
    ...what,
  };
}

function rounded(value: number): number {
  return Number(value.toPrecision(3));
}
