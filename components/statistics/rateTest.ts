import { lowestThat } from "./bisect";
import { logBeta } from "./logGamma";

/** How many of some requests failed. */
export interface Counts {
  readonly failed: number;
  readonly total: number;
}

/**
 * What failure rates are likely to be: mostly a few percent. Any choice keeps the error rate of the test; this one needs
 * about half the requests of a flat one for rates of up to 10 percent.
 */
const PRIOR = { failed: 0.5, passed: 20 };

/**
 * Evidence that a failure rate is above a limit, as the natural logarithm of an e-value.
 *
 * The likelihood of the counts, averaged over a beta distribution of the rate, divided by their highest likelihood under
 * the hypothesis that the rate is at most the limit. It only needs the totals, and one may look at it as often as one
 * likes: under the hypothesis it ever reaches log(1/a) with a probability of at most a (Ville's inequality). Method:
 * Wasserman, Ramdas, Balakrishnan, "Universal inference", PNAS 117 (2020), section 8, with Robbins' mixture.
 *
 * @param limit - 0 to 1
 */
export function evidenceAbove(counts: Counts, limit: number): number {
  return logMixture(counts) - logLikelihood(counts, Math.min(rateOf(counts), limit));
}

/**
 * Evidence that a failure rate exceeds that of another deployment by more than a margin; like {@link evidenceAbove}, and
 * valid whatever share of the requests each one got.
 *
 * @param margin - 0 to 1
 */
export function evidenceAboveOther(counts: Counts, other: Counts, margin: number): number {
  return logMixture(counts) + logMixture(other) - logHighestWithin(counts, other, margin);
}

/** The highest likelihood of both counts while the first rate exceeds the second one by at most the margin. */
function logHighestWithin(counts: Counts, other: Counts, margin: number): number {
  const [rate, otherRate] = [rateOf(counts), rateOf(other)];
  if (rate <= otherRate + margin) return logLikelihood(counts, rate) + logLikelihood(other, otherRate);
  // The rates are at the margin then, where the likelihood is concave: its slope changes its sign once.
  const slope = (base: number): number => slopeOf(counts, base + margin) + slopeOf(other, base);
  const base = lowestThat((x) => slope(x) <= 0, otherRate, rate - margin);
  return logLikelihood(counts, base + margin) + logLikelihood(other, base);
}

function rateOf({ failed, total }: Counts): number {
  return total === 0 ? 0 : failed / total;
}

function logMixture({ failed, total }: Counts): number {
  return logBeta(PRIOR.failed + failed, PRIOR.passed + total - failed) - logBeta(PRIOR.failed, PRIOR.passed);
}

function logLikelihood({ failed, total }: Counts, rate: number): number {
  return timesLog(failed, rate) + timesLog(total - failed, 1 - rate);
}

function timesLog(count: number, rate: number): number {
  return count === 0 ? 0 : count * Math.log(rate);
}

function slopeOf({ failed, total }: Counts, rate: number): number {
  return (failed === 0 ? 0 : failed / rate) - (total === failed ? 0 : (total - failed) / (1 - rate));
}
