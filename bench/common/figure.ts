import { alignedTable } from "../../prove/common/alignedTable";

/** A measurement beside what it is held against. A line of `--json` is one. */
export interface Figure {
  readonly figure: string;
  readonly ours: number;
  readonly against: number;
  readonly ratio: number;
  /** What it has to reach, such as `<= 1.05`. */
  readonly reach: string;
  readonly ok: boolean;
  /** Such as `s` or `MB`. */
  readonly unit: string;
  /** What `against` is of. */
  readonly rival: string;
  /** Lower and upper quartile of `ours` and of `against`, where they were measured more than once. */
  readonly spread?: readonly [ours: readonly [number, number], against: readonly [number, number]];
}

/** Something measured several times. */
export interface Sample {
  readonly median: number;
  /** Lower and upper quartile. */
  readonly quartiles: readonly [number, number];
}

export function sampleOf(values: readonly number[]): Sample {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number => {
    const place = share * (sorted.length - 1);
    const [low = 0, high = 0] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
    return low + (high - low) * (place - Math.floor(place));
  };
  return { median: at(0.5), quartiles: [at(0.25), at(0.75)] };
}

export interface Held {
  readonly figure: string;
  readonly ours: Sample | number;
  readonly against: Sample | number;
  readonly rival: string;
  readonly unit: string;
  /** The ratio that must be kept: at most, or at least. */
  readonly limit: { readonly most: number } | { readonly least: number };
}

/** A measurement held against another one. */
export function figureOf({ figure, ours, against, rival, unit, limit }: Held): Figure {
  const [own, other] = [ours, against].map((value) => (typeof value === "number" ? value : value.median)) as [
    number,
    number,
  ];
  const ratio = own / other;
  const isMost = "most" in limit;
  const quartiles = [ours, against].map((value) =>
    typeof value === "number" ? ([value, value] as const) : value.quartiles,
  ) as unknown as readonly [readonly [number, number], readonly [number, number]];
  const isMeasuredOften = typeof ours !== "number" || typeof against !== "number";
  return {
    figure,
    ours: rounded(own),
    against: rounded(other),
    ratio: rounded(ratio),
    reach: isMost ? `<= ${limit.most}` : `>= ${limit.least}`,
    ok: isMost ? ratio <= limit.most : ratio >= limit.least,
    unit,
    rival,
    ...(isMeasuredOften && {
      spread: quartiles.map(([low, high]) => [rounded(low), rounded(high)]) as unknown as NonNullable<Figure["spread"]>,
    }),
  };
}

/** A table of figures for a terminal and for a page. */
export function figuresTable(figures: readonly Figure[]): string {
  const rows = figures.map(({ figure, ours, against, ratio, reach, ok, unit, rival, spread }) => [
    figure,
    `${ours} ${unit}${spread === undefined ? "" : ` (${spread[0].join(" to ")})`}`,
    `${against} ${unit}${spread === undefined ? "" : ` (${spread[1].join(" to ")})`}`,
    rival,
    String(ratio),
    reach,
    ok ? "yes" : "NO",
  ]);
  return alignedTable([["figure", "ours", "against", "of", "ratio", "reach", "reached"], ...rows]);
}

function rounded(value: number): number {
  return Number(value.toPrecision(3));
}
