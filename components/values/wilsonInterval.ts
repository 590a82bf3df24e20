/** Quantile of the normal distribution for a two-sided 99.9 % interval. */
const Z = 3.290_526_7;

/**
 * Wilson's score interval for a share.
 *
 * @param hits - how many of the trials counted
 * @returns lower and upper bound, 0 to 1, of the true share with 99.9 % confidence
 */
export function wilsonInterval(hits: number, trials: number): readonly [number, number] {
  if (trials === 0) return [0, 1];
  const share = hits / trials;
  const spread = 1 + (Z * Z) / trials;
  const centre = (share + (Z * Z) / (2 * trials)) / spread;
  const half = (Z / spread) * Math.sqrt((share * (1 - share)) / trials + (Z * Z) / (4 * trials * trials));
  // Computed, the bounds of none and of all miss 0 and 1 by a rounding error.
  return [hits === 0 ? 0 : centre - half, hits === trials ? 1 : centre + half];
}
