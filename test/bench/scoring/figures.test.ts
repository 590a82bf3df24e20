import { describe, expect, test } from "vitest";
import { scoringOf } from "../../../bench/scoring/figures";
import type { Level } from "../../../bench/scoring/figures";
import type { Stage } from "../../../bench/scoring/rollout";
import type { Served } from "../../../bench/scoring/turns";

const sample = (median: number) => ({ median, quartiles: [median, 2 * median] as const });
const served = (microseconds: number): Served => ({
  rate: sample(4000),
  median: sample(1.2345),
  p99: sample(9.8765),
  microseconds: sample(microseconds),
});
const LEVELS: readonly Level[] = [
  { connections: 1, ours: served(400), bare: served(200), empty: served(80) },
  { connections: 16, ours: served(200), bare: served(150), empty: served(60) },
];

const stage = (weight: number, toGreen: number, lost = 0): Stage => ({
  weight,
  sent: 5500,
  lost,
  settled: 5000 - lost,
  toGreen,
  seconds: 2,
});
const STAGES = [stage(0, 0), stage(10, 510), stage(50, 2480), stage(100, 5000)];

const lostIn = (stages: readonly Stage[]) => scoringOf(LEVELS, 16, stages).figures[1];

describe("the cost of a request", () => {
  test("is judged in processor time, beside the bare session, with so many callers", () => {
    const [cost] = scoringOf(LEVELS, 16, STAGES).figures;
    expect(cost).toMatchObject({ ours: 5000, against: 6670, ratio: 0.75, ok: true });
    expect(cost?.spread?.[0]).toEqual([2500, 5000]);
    expect(scoringOf(LEVELS, 1, STAGES).figures[0]).toMatchObject({ ratio: 0.5, ok: false });
  });

  test("is stated with the time that callers wait, p99 too", () => {
    const [series] = scoringOf(LEVELS, 16, STAGES).series;
    expect(series?.columns.map(({ name }) => name)).toContain("p99 answer");
    expect(series?.rows).toEqual([
      { at: 1, values: [4000, 1.23, 9.88, 400, 200, 80] },
      { at: 16, values: [4000, 1.23, 9.88, 200, 150, 60] },
    ]);
  });
});

describe("what a rollout loses", () => {
  test("is nothing when each request is answered and each split is near its weight", () => {
    expect(lostIn(STAGES)).toMatchObject({ ours: 0, ok: true });
  });

  test.each([
    ["a request without an answer", [...STAGES.slice(0, 3), stage(100, 4999, 1)]],
    ["an answer of a deployment without a weight", [stage(0, 1), ...STAGES.slice(1)]],
    ["a split far from its weight", [STAGES[0], stage(10, 600), ...STAGES.slice(2)] as readonly Stage[]],
  ])("counts %s", (_, stages) => {
    expect(lostIn(stages)).toMatchObject({ ours: 1, ok: false });
  });

  test("is stated stage by stage", () => {
    const [, series] = scoringOf(LEVELS, 16, [...STAGES.slice(0, 3), stage(100, 4998, 2)]).series;
    expect(series?.rows.map(({ at, values }) => [at, ...values])).toEqual([
      [0, 5500, 0, 0, 2750],
      [10, 5500, 0, 10.2, 2750],
      [50, 5500, 0, 49.6, 2750],
      [100, 5500, 2, 100, 2750],
    ]);
    expect(series?.note).toBe("2 of 22000 requests are lost.");
  });
});
