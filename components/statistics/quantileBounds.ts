/** Bounds of a quantile. */
export interface Bounds {
  /** Minus infinity while there are too few samples. */
  readonly low: number;
  /** Infinity while there are too few samples. */
  readonly high: number;
}

/**
 * Bounds that contain a quantile at every sample size at once with a probability of at least 1 - a, whatever the
 * distribution. Method: Howard and Ramdas, "Sequential estimation of quantiles with applications to A/B testing and
 * best-arm identification", Bernoulli 28 (2022), theorem 1 with its closed form.
 *
 * @param sorted - samples, smallest first
 * @param quantile - 0 to 1
 */
export function quantileBounds(sorted: readonly number[], quantile: number, a: number): Bounds {
  const margin = marginOf(sorted.length, quantile, a);
  return { low: lowerQuantile(sorted, quantile - margin), high: upperQuantile(sorted, quantile + margin) };
}

function marginOf(count: number, quantile: number, a: number): number {
  if (count === 0) return Infinity;
  // Below three samples the iterated logarithm is none.
  const iterated = Math.log(Math.max(Math.log(2.1 * count), 1));
  const l = (1.4 * iterated + Math.log(10 / a)) / count;
  return 1.5 * Math.sqrt(quantile * (1 - quantile) * l) + 0.8 * l;
}

/** The largest sample that at most this share of the samples lies strictly below. */
function lowerQuantile(sorted: readonly number[], share: number): number {
  return share < 0 ? -Infinity : (sorted[Math.ceil(share * sorted.length) - 1] ?? -Infinity);
}

/** The smallest sample that more than this share of the samples does not exceed. */
function upperQuantile(sorted: readonly number[], share: number): number {
  return sorted[Math.floor(share * sorted.length)] ?? Infinity;
}

/** The sample that a share of the samples does not exceed; undefined without samples. */
export function sampleQuantile(sorted: readonly number[], quantile: number): number | undefined {
  return sorted[Math.max(0, Math.ceil(quantile * sorted.length) - 1)];
}
