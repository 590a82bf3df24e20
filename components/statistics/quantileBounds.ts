import { ANY_RATE, evidenceAbove } from "./rateTest";

/** Bounds of a quantile. */
export interface Bounds {
  /** Minus infinity while there are too few samples. */
  readonly low: number;
  /** Infinity while there are too few samples. */
  readonly high: number;
}

/**
 * Bounds of a quantile, each of which holds at every sample size at once with a probability of at least 1 - a, whatever the
 * distribution. A value is beyond a bound when the share of the samples on its other side is evidence enough against it.
 * Method: Howard and Ramdas, "Sequential estimation of quantiles with applications to A/B testing and best-arm
 * identification", Bernoulli 28 (2022), with a mixture for each value, which is tighter than their closed form.
 *
 * @param sorted - samples, smallest first
 * @param quantile - 0 to 1, both excluded
 */
export function quantileBounds(sorted: readonly number[], quantile: number, a: number): Bounds {
  const total = sorted.length;
  const needed = Math.log(1 / a);
  // More samples above or below a value are more evidence, so that the first one that is enough is found by halving.
  const above = firstThat(total, (failed) => evidenceAbove({ failed, total }, 1 - quantile, ANY_RATE) >= needed);
  const below = firstThat(total, (failed) => evidenceAbove({ failed, total }, quantile, ANY_RATE) >= needed);
  return {
    low: above === undefined ? -Infinity : (sorted[total - above - 1] ?? -Infinity),
    high: below === undefined ? Infinity : (sorted[below - 1] ?? Infinity),
  };
}

/** The smallest count from 1 on that holds; undefined when none up to the total does. */
function firstThat(total: number, holds: (count: number) => boolean): number | undefined {
  if (total === 0 || !holds(total)) return undefined;
  let [low, high] = [1, total];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The sample that a share of the samples does not exceed; undefined without samples. */
export function sampleQuantile(sorted: readonly number[], quantile: number): number | undefined {
  return sorted[Math.max(0, Math.ceil(quantile * sorted.length) - 1)];
}
