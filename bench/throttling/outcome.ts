import type { Series } from "../common/series";
import type { Reason, StepCounts } from "./weightStep";

/** What a step of a whole fleet took. */
export interface Outcome extends Readonly<StepCounts> {
  /** Steps at the same time. */
  readonly atOnce: number;
  readonly totalMs: number;
  /** Of all steps, by what was waited for. */
  readonly paused: ReadonlyMap<Reason, number>;
}

const LOST: readonly Reason[] = ["throttled", "again"];

/** The outcomes by how many steps were made at the same time, and which of them is best. Pure. */
export function throttlingSeries(fleet: string, outcomes: readonly Outcome[]): Series {
  const best = fastest(outcomes.filter(({ failed }) => failed === 0));
  const calm = fastest(outcomes.filter(({ throttled }) => throttled === 0));
  return {
    by: `steps at once, ${fleet}`,
    columns: [
      { name: "total", unit: "min" },
      { name: "requests" },
      { name: "throttled" },
      { name: "failed updates" },
      { name: "waiting", unit: "%" },
    ],
    rows: outcomes.map(({ atOnce, totalMs, requests, throttled, failed, paused }) => ({
      at: atOnce,
      values: [rounded(totalMs / 60_000), requests, throttled, failed, rounded(100 * lostShare(paused))],
    })),
    ...(best !== undefined && { note: noteOf(best, calm) }),
  };
}

function noteOf(best: Outcome, calm: Outcome | undefined): string {
  const without =
    calm === undefined || calm === best
      ? ""
      : `; the fastest without a request that is throttled are ${calm.atOnce}, in ${rounded(calm.totalMs / 60_000)} min`;
  return `Best are ${best.atOnce} at once: the fastest of which no update fails${without}.`;
}

function fastest(outcomes: readonly Outcome[]): Outcome | undefined {
  return outcomes.toSorted((a, b) => a.totalMs - b.totalMs)[0];
}

/** How much of the time of the steps goes to waiting until Azure may be asked again. */
function lostShare(paused: ReadonlyMap<Reason, number>): number {
  const all = [...paused.values()].reduce((sum, ms) => sum + ms, 0);
  const lost = LOST.reduce((sum, reason) => sum + (paused.get(reason) ?? 0), 0);
  return all === 0 ? 0 : lost / all;
}

function rounded(value: number): number {
  return Number(value.toPrecision(3));
}
