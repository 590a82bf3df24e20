import { lowestThat } from "./bisect";
import { logBeta } from "./logGamma";

/** How many of some requests failed. */
export interface Counts {
  readonly failed: number;
  readonly total: number;
}

/** A beta distribution of a rate: what is looked for. Any choice keeps the error rate of a test, and decides how soon it sees. */
interface Prior {
  readonly failed: number;
  readonly passed: number;
}

/** A few percent: sees rates of up to ten percent in about half the requests that {@link ANY_RATE} needs. */
const FEW_PERCENT: Prior = { failed: 0.5, passed: 20 };
/** No rate is more likely than another, as far as coins go (Krichevsky and Trofimov). */
export const ANY_RATE: Prior = { failed: 0.5, passed: 0.5 };

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
export function evidenceAbove(counts: Counts, limit: number, prior = FEW_PERCENT): number {
  return logMixture(counts, prior) - logLikelihood(counts, Math.min(rateOf(counts), limit));
}

/**
 * Evidence that a failure rate exceeds that of another deployment by more than a margin; like {@link evidenceAbove}, and
 * valid whatever share of the requests each one got.
 *
 * @param margin - 0 to 1
 */
export function evidenceAboveOther(counts: Counts, other: Counts, margin: number): number {
  return logMixture(counts, FEW_PERCENT) + logMixture(other, FEW_PERCENT) - logHighestWithin(counts, other, margin);
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

function logMixture({ failed, total }: Counts, prior: Prior): number {
  return logBeta(prior.failed + failed, prior.passed + total - failed) - logBeta(prior.failed, prior.passed);
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
