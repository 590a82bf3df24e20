import type { GateOf } from "../settings/gates";
import { quantileBounds, sampleQuantile } from "../statistics/quantileBounds";
import { ANY_RATE, evidenceAbove } from "../statistics/rateTest";
import { tooFew } from "./errors";
import { FAILS_FROM, FALSE_FAIL, numberText, together } from "./judgement";
import type { Judgement } from "./judgement";
import type { Finding } from "./verdict";

type Settings = GateOf<"latency">["settings"];
type Judged = Pick<Finding, "verdict" | "numbers" | "samples">;

/** A percentile as Azure Monitor has it: an aggregate, of which no error can be told. */
export interface MeasuredLatency {
  /** Milliseconds; undefined when nothing was answered. */
  readonly value: number | undefined;
  /** Requests that it is of. */
  readonly total: number;
}

/** The times of both deployments in milliseconds; a probe of the candidate that failed is one that never ends. */
export interface Probes {
  readonly candidate: readonly number[];
  readonly stable: readonly number[];
}

/** Judges the percentile of a time that Azure Monitor has. */
export function judgeMeasured(settings: Settings, candidate: MeasuredLatency, stable: MeasuredLatency): Judged {
  const { percentile, maxMilliseconds, maxTimesStable, minSamples } = settings;
  const { value, total } = candidate;
  const seen =
    value === undefined
      ? `no p${percentile} of ${total} requests`
      : `p${percentile} ${milliseconds(value)} of ${total} requests`;
  const few = tooFew(candidate, minSamples) ?? (value === undefined ? noData() : undefined);
  const judgeStable = (times: number): Judgement => {
    const fewStable =
      tooFew(stable, minSamples, " of the stable deployment") ?? (stable.value === undefined ? noData() : undefined);
    if (fewStable !== undefined) return fewStable;
    const limit = times * (stable.value ?? 0);
    return within(
      value ?? 0,
      limit,
      `${numberText(times)} times the stable deployment's ${milliseconds(stable.value ?? 0)}`,
    );
  };
  const judged = together(seen, [
    ...(few === undefined ? [] : [few]),
    ...(maxMilliseconds === undefined || few
      ? []
      : [within(value ?? 0, maxMilliseconds, milliseconds(maxMilliseconds))]),
    ...(maxTimesStable === undefined || few ? [] : [judgeStable(maxTimesStable)]),
  ]);
  return { ...judged, samples: total };
}

/**
 * Judges probes. It fails on evidence that holds however often one looks; a percentile above its limit that may be chance,
 * and too few probes, are inconclusive.
 */
export function judgeProbes(settings: Settings, probes: Probes): Judged {
  const { percentile, maxMilliseconds, maxTimesStable, minSamples } = settings;
  const quantile = percentile / 100;
  const [candidate, stable] = [sorted(probes.candidate), sorted(probes.stable)];
  const total = candidate.length;
  const value = sampleQuantile(candidate, quantile) ?? Infinity;
  const failed = candidate.filter((time) => time === Infinity).length;
  const few = tooFew({ total }, minSamples);
  const judgeLimit = (limit: number): Judgement => {
    const slow = { failed: candidate.filter((time) => time > limit).length, total };
    if (evidenceAbove(slow, 1 - quantile, ANY_RATE) >= FAILS_FROM)
      return { verdict: "fail", text: `more than ${milliseconds(limit)}` };
    return few ?? orChance(within(value, limit, milliseconds(limit)));
  };
  const judgeStable = (times: number): Judgement => {
    const other = sampleQuantile(stable, quantile) ?? Infinity;
    const text = `${numberText(times)} times the stable deployment's ${milliseconds(other)}`;
    const { low } = quantileBounds(candidate, quantile, FALSE_FAIL / 2);
    const { high } = quantileBounds(stable, quantile, FALSE_FAIL / 2);
    if (low > times * high) return { verdict: "fail", text: `more than ${text}` };
    return (
      few ??
      tooFew({ total: stable.length }, minSamples, " of the stable deployment") ??
      orChance(within(value, times * other, text))
    );
  };
  const seen = `p${percentile} ${milliseconds(value)} of ${total} probes${failed === 0 ? "" : `, ${failed} of which failed`}`;
  const judged = together(seen, [
    ...(maxMilliseconds === undefined ? [] : [judgeLimit(maxMilliseconds)]),
    ...(maxTimesStable === undefined ? [] : [judgeStable(maxTimesStable)]),
  ]);
  return { ...judged, samples: total };
}

/** Whether more probes can hardly change what is said: it fails, or it is surely within all limits. */
export function isClear(settings: Settings, probes: Probes): boolean {
  const { verdict } = judgeProbes(settings, probes);
  if (verdict !== "pass") return verdict === "fail";
  const { percentile, maxMilliseconds = Infinity, maxTimesStable = Infinity } = settings;
  const bounds = (times: readonly number[]) => quantileBounds(sorted(times), percentile / 100, FALSE_FAIL / 2);
  const { high } = bounds(probes.candidate);
  return high <= maxMilliseconds && (maxTimesStable === Infinity || high <= maxTimesStable * bounds(probes.stable).low);
}

function within(value: number, limit: number, text: string): Judgement {
  return value > limit ? { verdict: "fail", text: `more than ${text}` } : { verdict: "pass", text: `at most ${text}` };
}

/** Of samples that are no evidence yet. */
function orChance({ verdict, text }: Judgement): Judgement {
  return verdict === "fail"
    ? { verdict: "inconclusive", text: `${text} but by so little that it may be chance` }
    : { verdict, text };
}

function noData(): Judgement {
  return { verdict: "inconclusive", text: "which Azure Monitor does not know" };
}

function milliseconds(value: number): string {
  return value === Infinity ? "no answer" : `${numberText(value)} ms`;
}

function sorted(times: readonly number[]): readonly number[] {
  return times.toSorted((a, b) => a - b);
}
