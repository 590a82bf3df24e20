import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { drawsOf } from "../../../bench/gates/random";
import { ANY_RATE, evidenceAbove, evidenceAboveOther } from "../../../components/statistics/rateTest";
import type { Counts } from "../../../components/statistics/rateTest";
import { seededRandom } from "../../../driver/scoring";

const counts = fc
  .tuple(fc.nat(2000), fc.nat(2000))
  .map(([a, b]): Counts => ({ failed: Math.min(a, b), total: Math.max(a, b) }));
const rate = fc.double({ min: 0, max: 1, noNaN: true });

describe("evidence above a limit", () => {
  // By hand: the mixture of a coin that failed once is 1/2, and the likelihood at the limit is the limit.
  test.each([
    [{ failed: 0, total: 0 }, 0.5, 0],
    [{ failed: 1, total: 1 }, 0.25, Math.log(2)],
    [{ failed: 1, total: 1 }, 0, Infinity],
    [{ failed: 2, total: 2 }, 0.5, Math.log(3 / 8 / 0.25)],
    [{ failed: 0, total: 1 }, 0.25, Math.log(0.5)],
  ])("%j and %s", (seen, limit, evidence) => {
    expect(evidenceAbove(seen, limit, ANY_RATE)).toBeCloseTo(evidence, 9);
  });

  test.prop([counts, rate])("there is none while the rate is within the limit", (seen, limit) => {
    fc.pre(seen.failed <= limit * seen.total);
    expect(evidenceAbove(seen, limit)).toBeLessThanOrEqual(1e-9);
  });

  test.prop([counts, rate])("one more failure is more evidence", ({ failed, total }, limit) => {
    fc.pre(failed < total && failed > limit * total && limit > 0);
    expect(evidenceAbove({ failed: failed + 1, total }, limit)).toBeGreaterThan(
      evidenceAbove({ failed, total }, limit),
    );
  });
});

describe("evidence above another deployment", () => {
  test.prop([counts, counts, rate])(
    "there is none while the difference is within the margin",
    (seen, other, margin) => {
      fc.pre(seen.total > 0 && other.total > 0 && seen.failed / seen.total <= other.failed / other.total + margin);
      expect(evidenceAboveOther(seen, other, margin)).toBeLessThanOrEqual(1e-9);
    },
  );

  test.prop([counts, counts, fc.constantFrom(0, 0.005, 0.1), rate])(
    "no other pair of rates within the margin explains both counts better",
    (seen, other, margin, base) => {
      fc.pre(seen.total > 0 && other.total > 0);
      const log = ({ failed, total }: Counts, p: number): number =>
        (failed === 0 ? 0 : failed * Math.log(p)) + (total === failed ? 0 : (total - failed) * Math.log(1 - p));
      const p = Math.min(1, base + margin);
      const alone = (one: Counts, q: number): number =>
        evidenceAbove(one, 1) + log(one, one.failed / one.total) - log(one, q);
      expect(evidenceAboveOther(seen, other, margin)).toBeLessThanOrEqual(alone(seen, p) + alone(other, base) + 1e-6);
    },
  );
});

/** How many of 2,000 rollouts reach the evidence of a gate at a hundredth, while one looks after each request. */
function crossings(seed: number, look: (draws: ReturnType<typeof drawsOf>) => boolean): number {
  const draws = drawsOf(seededRandom(seed));
  return Array.from({ length: 2000 }, () => look(draws)).filter(Boolean).length;
}

describe("however often one looks, a good candidate reaches it with the stated probability at most", () => {
  const NEEDED = Math.log(100);

  test("at the limit itself", () => {
    const crossed = crossings(1, (draws) => {
      const seen = { failed: 0, total: 0 };
      for (let request = 1; request <= 500; request += 1) {
        seen.failed += draws.binomial(1, 0.05);
        seen.total += 1;
        if (evidenceAbove(seen, 0.05) >= NEEDED) return true;
      }
      return false;
    });
    expect(crossed).toBeLessThanOrEqual(20);
  });

  test("with the rate of the other deployment, which gets nine of ten requests", () => {
    const crossed = crossings(2, (draws) => {
      const [seen, other] = [
        { failed: 0, total: 0 },
        { failed: 0, total: 0 },
      ];
      for (let round = 1; round <= 100; round += 1) {
        seen.failed += draws.binomial(1, 0.05);
        seen.total += 1;
        other.failed += draws.binomial(9, 0.05);
        other.total += 9;
        if (evidenceAboveOther(seen, other, 0) >= NEEDED) return true;
      }
      return false;
    });
    expect(crossed).toBeLessThanOrEqual(20);
  });
});
