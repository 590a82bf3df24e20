import { lowestThat } from "./bisect";
import type { Counts } from "./rateTest";

/**
 * A number that a Poisson count of this mean exceeds with a probability of at most a: at least the upper a-quantile, and
 * close to it. Method: Chernoff's bound.
 *
 * @param mean - 0 or more
 */
export function poissonUpper(mean: number, a: number): number {
  if (mean === 0) return 0;
  const needed = Math.log(1 / a);
  const exponent = (count: number): number => count * Math.log(count / mean) - count + mean;
  // A count of k + 1 is what is not to be reached.
  const reached = lowestThat(
    (count) => exponent(count) >= needed,
    mean,
    mean + 4 * needed + 4 * Math.sqrt(mean * needed),
  );
  return Math.ceil(reached) - 1;
}

/**
 * A rate that the true rate exceeds with a probability of at most a, for counts that were looked at once. Method: Chernoff's
 * bound in the form of Hoeffding (1963), theorem 1.
 *
 * @returns 1 without a request
 */
export function rateUpper({ failed, total }: Counts, a: number): number {
  if (total === 0) return 1;
  const seen = failed / total;
  const needed = Math.log(1 / a) / total;
  return lowestThat((rate) => divergence(seen, rate) >= needed, seen, 1);
}

/** Kullback-Leibler divergence of two coins. */
function divergence(seen: number, rate: number): number {
  const part = (p: number, q: number): number => (p === 0 ? 0 : p * Math.log(p / q));
  return part(seen, rate) + part(1 - seen, 1 - rate);
}
