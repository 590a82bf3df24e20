import { describe, expect } from "vitest";
import { fc, test } from "@fast-check/vitest";
import { wilsonInterval } from "../../../components/values/wilsonInterval";

describe("the 99.9 % interval of a share", () => {
  test.prop([fc.integer({ min: 1, max: 9999 })])("ends where the score test at z = 3.2905 begins to reject", (hits) => {
    const trials = 10_000;
    for (const end of wilsonInterval(hits, trials)) {
      const z = (hits / trials - end) / Math.sqrt((end * (1 - end)) / trials);
      expect(Math.abs(z)).toBeCloseTo(3.2905, 3);
    }
  });

  test("says nothing without trials", () => {
    expect(wilsonInterval(0, 0)).toEqual([0, 1]);
  });

  test.prop([fc.integer({ min: 1, max: 100_000 })])(
    "begins at 0 with none and ends at 1 with all, to the digit",
    (trials) => {
      expect([wilsonInterval(0, trials)[0], wilsonInterval(trials, trials)[1]]).toEqual([0, 1]);
    },
  );

  test.prop([fc.nat(10_000), fc.nat(10_000)])("holds the measured share and stays within 0 and 1", (hits, misses) => {
    const trials = hits + misses + 1;
    const [low, high] = wilsonInterval(hits, trials);
    expect(low).toBeGreaterThanOrEqual(0);
    expect(high).toBeLessThanOrEqual(1);
    expect(low).toBeLessThanOrEqual(hits / trials + 1e-12);
    expect(high).toBeGreaterThanOrEqual(hits / trials - 1e-12);
  });
});
