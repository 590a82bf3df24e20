import { describe, expect, test } from "vitest";
import { COMPONENTS, DIMENSIONS, firstWeight, shapeOf } from "../../../bench/growth/dimensions";
import { growthOf } from "../../../bench/growth/growth";
import type { Grown } from "../../../bench/growth/growth";

function grown(count: number, seconds: number): Grown {
  return {
    count,
    seconds: { preview: seconds, step: 2 * seconds },
    requests: 4 * count,
    stepRequests: 4 * count + 5,
    stateBytes: 30_000 * count,
    megabytes: 200 + count / 3,
  };
}

describe("growth", () => {
  test("is a series for each dimension", () => {
    const { series, figures } = growthOf([{ by: "deployments", grown: [grown(2, 3), grown(20, 3.1234)] }]);
    expect(figures).toEqual([]);
    expect(series.map(({ by, rows }) => [by, ...rows])).toEqual([
      ["deployments", { at: 2, values: [8, 13, 3, 6, 60, 201] }, { at: 20, values: [80, 85, 3.12, 6.25, 600, 207] }],
    ]);
    expect(series[0]?.columns).toHaveLength(6);
  });

  test("with components is held against what is wanted of them", () => {
    const { figures } = growthOf([{ by: COMPONENTS, grown: [grown(1, 3), grown(5, 4), grown(20, 6)] }]);
    expect(figures.map(({ figure, reach, ok }) => [figure, reach, ok])).toEqual([
      ["growth: preview, 5 components", "<= 0.25 s per component beyond the first", true],
      ["growth: preview, 20 components", "<= 0.25 s per component beyond the first", true],
      ["growth: preview, 20 components beside 5", "not growing", true],
      ["growth: step, 5 components", "<= 0.25 s per component beyond the first", false],
      ["growth: step, 20 components", "<= 0.25 s per component beyond the first", false],
      ["growth: step, 20 components beside 5", "not growing", true],
      ["growth: state, 20 components beside 5", "not growing", true],
    ]);
  });
});

describe("a stack that grows", () => {
  const shapes = DIMENSIONS.map((dimension) => dimension.sizes.map((size) => shapeOf(dimension, size, "model")));

  test("does so in one way", () => {
    expect(
      shapes.map((sizes) => sizes.map(({ components, deployments, steps }) => [components, deployments, steps.length])),
    ).toEqual([
      [2, 5, 10, 20].map((size) => [1, size, 0]),
      [1, 5, 20].map((size) => [size, 2, 0]),
      [10, 100, 1000, 10_000].map(() => [1, 2, 0]),
      [2, 5, 10, 20].map((size) => [1, 2, size]),
    ]);
  });

  test("has a plan that rises to the whole, whose first step is made", () => {
    const [, , , plans = []] = shapes;
    expect(plans.map(({ steps }) => [steps[0], steps.at(-1)])).toEqual([
      [50, 100],
      [20, 100],
      [10, 100],
      [5, 100],
    ]);
    expect(plans.map(firstWeight)).toEqual([50, 20, 10, 5]);
  });

  test("makes a step of 10 without a plan", () => {
    expect(firstWeight({ components: 1, deployments: 2, steps: [], folder: "model" })).toBe(10);
  });
});
