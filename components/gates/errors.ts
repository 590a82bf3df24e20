import type { GateOf } from "../settings/gates";
import { evidenceAbove, evidenceAboveOther } from "../statistics/rateTest";
import type { Counts } from "../statistics/rateTest";
import { FAILS_FROM, numberText, percentText, together } from "./judgement";
import type { Judgement } from "./judgement";
import type { Finding } from "./verdict";

/** The requests of a time, and how many of them failed. */
export interface CountedRequests {
  readonly candidate: Counts;
  readonly stable: Counts;
}

type Settings = GateOf<"errors">["settings"];

/**
 * Judges the failed requests of a candidate. It fails on evidence that holds however often one looks; a rate above its
 * limit that may be chance, and too few requests, are inconclusive.
 */
export function judgeErrors(
  settings: Settings,
  { candidate, stable }: CountedRequests,
): Pick<Finding, "verdict" | "numbers" | "samples"> {
  const { maxPercent, maxAboveStable, minSamples } = settings;
  const share = `${percentText(candidate.failed, candidate.total)} of ${requests(candidate)} failed`;
  const seen = candidate.total === 0 ? "no requests are known yet" : share;
  const judged = together(seen, [
    ...(maxPercent === undefined ? [] : [againstLimit(candidate, maxPercent, minSamples)]),
    ...(maxAboveStable === undefined ? [] : [againstStable(candidate, stable, maxAboveStable, minSamples)]),
  ]);
  return { ...judged, samples: candidate.total };
}

function againstLimit(counts: Counts, maxPercent: number, minSamples: number): Judgement {
  const limit = `${numberText(maxPercent)} %`;
  if (evidenceAbove(counts, maxPercent / 100) >= FAILS_FROM) {
    return { verdict: "fail", text: `more than ${limit}` };
  }
  const few = tooFew(counts, minSamples);
  if (few !== undefined) return few;
  return (100 * counts.failed) / counts.total > maxPercent
    ? { verdict: "inconclusive", text: `more than ${limit} but by so little that it may be chance` }
    : { verdict: "pass", text: `at most ${limit}` };
}

function againstStable(counts: Counts, stable: Counts, maxAboveStable: number, minSamples: number): Judgement {
  const other = `the stable deployment's ${percentText(stable.failed, stable.total)} of ${stable.total}`;
  const margin = `${numberText(maxAboveStable)} ${maxAboveStable === 1 ? "point" : "points"}`;
  if (evidenceAboveOther(counts, stable, maxAboveStable / 100) >= FAILS_FROM) {
    return { verdict: "fail", text: `more than ${margin} above ${other}` };
  }
  const few = tooFew(counts, minSamples) ?? tooFew(stable, minSamples, " of the stable deployment");
  if (few !== undefined) return few;
  return 100 * (counts.failed / counts.total - stable.failed / stable.total) > maxAboveStable
    ? { verdict: "inconclusive", text: `more than ${margin} above ${other} but by so little that it may be chance` }
    : { verdict: "pass", text: `at most ${margin} above ${other}` };
}

/** Too few requests are never a pass. */
export function tooFew({ total }: Pick<Counts, "total">, minSamples: number, of = ""): Judgement | undefined {
  if (total >= minSamples) return undefined;
  return { verdict: "inconclusive", text: `${minSamples} requests${of} are needed` };
}

function requests({ total }: Counts): string {
  return total === 1 ? "1 request" : `${total} requests`;
}
