import { expect, test } from "vitest";
import { isPlotted } from "../../../bench/common/series";
import { momentSeries } from "../../../bench/step/moments";
import type { StepMoments } from "../../../bench/step/moments";

const moments = (started: number, scale: number): StepMoments => ({
  started,
  declared: started + 100 * scale,
  asked: started + 200 * scale,
  written: started + 300 * scale,
  ended: started + 400 * scale,
  done: started + 500 * scale,
});

test("the moments of a step are medians, and say in which part one takes more than the other", () => {
  const series = momentSeries([moments(300, 2), moments(300, 2), moments(900, 9)], [moments(300, 1)]);
  expect(isPlotted(series)).toBe(false);
  expect(series.rows.map(({ values }) => values)).toEqual([
    [0.3, 0.3, 0],
    [0.5, 0.4, 0.1],
    [0.7, 0.5, 0.1],
    [0.9, 0.6, 0.1],
    [1.1, 0.7, 0.1],
    [1.3, 0.8, 0.1],
  ]);
});
