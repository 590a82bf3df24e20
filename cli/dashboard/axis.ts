/** Lengths between two ticks of time that people read easily, in minutes. */
const TICK_MINUTES = [1 / 12, 1 / 6, 1 / 4, 1 / 2, 1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 10_080];
const MINUTE_MS = 60_000;

export interface TimeTicks {
  /** Milliseconds since 1970. */
  readonly at: readonly number[];
  readonly step: number;
}

/** Round times inside a span. */
export function timeTicks(from: number, to: number, most: number): TimeTicks {
  const least = (to - from) / most;
  const step = (TICK_MINUTES.find((minutes) => minutes * MINUTE_MS >= least) ?? 10_080) * MINUTE_MS;
  const first = Math.ceil(from / step) * step;
  const count = Math.min(Math.max(0, Math.floor((to - first) / step) + 1), most + 1);
  return { at: Array.from({ length: count }, (_, index) => first + index * step), step };
}

/** The end of an axis that begins at 0 and holds a value: 1, 1.5, 2, 3, 4, 5, 6 or 8 with zeros, so that its half is short. */
export function niceMaximum(value: number, least: number): number {
  const wanted = Math.max(value, least);
  const power = 10 ** Math.floor(Math.log10(wanted));
  const factor = [1, 1.5, 2, 3, 4, 5, 6, 8, 10].find((each) => each * power >= wanted * (1 - 1e-9)) ?? 10;
  return factor * power;
}

/** A place on the axis of time, as the percentage that SVG takes. */
export function placeOf(at: number, { from, to }: { readonly from: number; readonly to: number }): number {
  if (to <= from) return 0;
  return Math.min(Math.max(round((100 * (at - from)) / (to - from)), 0), 100);
}

/** A coordinate with two decimals. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}
