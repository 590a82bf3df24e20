/** Draws from distributions with numbers from 0 to below 1. */
export interface Draws {
  /** How many of some requests fail. */
  binomial(requests: number, rate: number): number;
  poisson(mean: number): number;
  /** Milliseconds whose logarithm is normal. */
  logNormal(median: number, spread: number): number;
}

/** @param random - gives numbers from 0 to below 1 */
export function drawsOf(random: () => number): Draws {
  const uniform = (): number => 1 - random();
  const normal = (): number => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
  return {
    binomial: (requests, rate) => {
      if (rate <= 0) return 0;
      if (rate >= 1) return requests;
      // From one failure to the next.
      let [failed, at] = [0, 0];
      for (;;) {
        at += Math.floor(Math.log(uniform()) / Math.log(1 - rate)) + 1;
        if (at > requests) return failed;
        failed += 1;
      }
    },
    poisson: (mean) => {
      let [count, time] = [-1, 0];
      while (time <= mean) {
        time -= Math.log(uniform());
        count += 1;
      }
      return count;
    },
    logNormal: (median, spread) => median * Math.exp(spread * normal()),
  };
}
