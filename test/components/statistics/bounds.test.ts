import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { drawsOf } from "../../../bench/gates/random";
import { logBeta, logGamma } from "../../../components/statistics/logGamma";
import { quantileBounds, sampleQuantile } from "../../../components/statistics/quantileBounds";
import { poissonUpper, rateUpper } from "../../../components/statistics/upperBounds";
import { seededRandom } from "../../../driver/scoring";

describe("the gamma function", () => {
  test.each([
    [1, 0],
    [2, 0],
    [0.5, Math.log(Math.sqrt(Math.PI))],
    [5, Math.log(24)],
    [101, 363.739_375_555_563_5],
  ])("of %s", (x, log) => {
    expect(logGamma(x)).toBeCloseTo(log, 10);
  });

  test.prop([fc.double({ min: 0.01, max: 1e6, noNaN: true })])("grows by its argument", (x) => {
    expect(logGamma(x + 1) - logGamma(x)).toBeCloseTo(Math.log(x), 6);
  });

  test("and the beta function", () => {
    expect(logBeta(2, 3)).toBeCloseTo(Math.log(1 / 12), 10);
  });
});

/** The exact probability that a Poisson count is above a number. */
function poissonAbove(mean: number, count: number): number {
  let [below, term] = [0, Math.exp(-mean)];
  for (let k = 0; k <= count; k += 1) {
    below += term;
    term *= mean / (k + 1);
  }
  return 1 - below;
}

describe("the upper bound of a Poisson count", () => {
  test.prop([fc.double({ min: 0.001, max: 500, noNaN: true }), fc.constantFrom(0.1, 0.01, 0.001)])(
    "is exceeded as rarely as it says",
    (mean, a) => {
      const bound = poissonUpper(mean, a);
      expect(poissonAbove(mean, bound)).toBeLessThanOrEqual(a + 1e-9);
      expect(bound).toBeLessThanOrEqual(mean + 4 * Math.sqrt(mean * Math.log(1 / a)) + 4 * Math.log(1 / a));
    },
  );

  test("of nothing is 0", () => {
    expect(poissonUpper(0, 0.001)).toBe(0);
  });
});

describe("the upper bound of a rate", () => {
  test.each([
    [{ failed: 0, total: 0 }, 1],
    [{ failed: 0, total: 1800 }, 1 - 0.001 ** (1 / 1800)],
    [{ failed: 5, total: 5 }, 1],
  ])("of %j", (seen, bound) => {
    expect(rateUpper(seen, 0.001)).toBeCloseTo(bound, 9);
  });

  test("is exceeded as rarely as it says", () => {
    const draws = drawsOf(seededRandom(3));
    const exceeded = Array.from(
      { length: 20_000 },
      () => rateUpper({ failed: draws.binomial(300, 0.02), total: 300 }, 0.01) < 0.02,
    );
    expect(exceeded.filter(Boolean).length).toBeLessThanOrEqual(200);
  });
});

describe("the bounds of a quantile", () => {
  test("are none with few samples", () => {
    expect(quantileBounds([], 0.5, 0.01)).toEqual({ low: -Infinity, high: Infinity });
    expect(quantileBounds([1, 2, 3], 0.5, 0.01)).toEqual({ low: -Infinity, high: Infinity });
  });

  test("come near to it with many", () => {
    const sorted = Array.from({ length: 10_000 }, (_, index) => index / 10_000);
    const { low, high } = quantileBounds(sorted, 0.5, 0.001);
    expect([low, high]).toEqual([expect.closeTo(0.47, 1), expect.closeTo(0.53, 1)]);
    expect(quantileBounds(sorted, 0.95, 0.001).high).toBeLessThan(0.97);
  });

  test("contain it at every look, as often as they say", () => {
    const draws = drawsOf(seededRandom(4));
    let missed = 0;
    for (let rollout = 0; rollout < 300; rollout += 1) {
      const samples: number[] = [];
      let isMissed = false;
      for (let sent = 1; sent <= 200; sent += 1) {
        samples.push(draws.logNormal(20, 0.5));
        const { low, high } = quantileBounds(
          samples.toSorted((a, b) => a - b),
          0.5,
          0.025,
        );
        isMissed ||= low >= 20 || high < 20;
      }
      if (isMissed) missed += 1;
    }
    expect(missed).toBeLessThanOrEqual(15);
  });

  test.prop([
    fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1 }),
    fc.double({ min: 0.01, max: 0.99, noNaN: true }),
  ])("stand on both sides of that of the samples", (samples, quantile) => {
    const sorted = samples.toSorted((a, b) => a - b);
    const { low, high } = quantileBounds(sorted, quantile, 0.01);
    const own = sampleQuantile(sorted, quantile) ?? Number.NaN;
    expect(low).toBeLessThanOrEqual(own);
    expect(high).toBeGreaterThanOrEqual(own);
  });
});
