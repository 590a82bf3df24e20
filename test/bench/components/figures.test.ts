import { expect, test } from "vitest";
import { figuresOf } from "../../../bench/components/figures";
import type { Measured } from "../../../bench/components/figures";

function measured(count: number, preview: number, step: number, stateBytes: number): Measured {
  return { count, seconds: { preview, step }, stateBytes, requests: 4 * count };
}

const FIRST = measured(1, 3, 5, 30_000);

test("each component beyond the first is held against the reach, and the largest stack against the smallest", () => {
  const figures = figuresOf(FIRST, [measured(5, 3.4, 5.8, 150_000), measured(50, 7.9, 29.5, 1_500_000)]);
  const EACH = { unit: "s", rival: "what is wanted", reach: "<= 0.25 s per component beyond the first" };
  const GROWTH = { unit: "s", rival: "5 components", reach: "not growing" };
  expect(figures).toEqual([
    { figure: "preview, 5 components", ours: 0.1, against: 0.25, ratio: 0.4, ok: true, ...EACH },
    { figure: "preview, 50 components", ours: 0.1, against: 0.25, ratio: 0.4, ok: true, ...EACH },
    { figure: "preview, 50 components beside 5", ours: 0.1, against: 0.1, ratio: 1, ok: true, ...GROWTH },
    { figure: "step, 5 components", ours: 0.2, against: 0.25, ratio: 0.8, ok: true, ...EACH },
    { figure: "step, 50 components", ours: 0.5, against: 0.25, ratio: 2, ok: false, ...EACH },
    { figure: "step, 50 components beside 5", ours: 0.5, against: 0.2, ratio: 2.5, ok: false, ...GROWTH },
    {
      figure: "state, 50 components beside 5",
      ours: 30_000,
      against: 30_000,
      ratio: 1,
      ok: true,
      ...GROWTH,
      unit: "bytes",
    },
  ]);
});

test.each([
  ["nothing but the first", [], []],
  ["one more size", [measured(2, 3.1, 5.1, 60_000)], ["preview, 2 components", "step, 2 components"]],
])("of %s there is no growth", (_, larger, names) => {
  expect(figuresOf(FIRST, larger).map(({ figure }) => figure)).toEqual(names);
});

test("a smaller stack that seems to cost nothing does not make the larger one reach what is wanted", () => {
  const larger = [measured(2, 2.9, 4.9, 60_000), measured(11, 5, 7, 330_000)];
  const growth = figuresOf(FIRST, larger).filter(({ figure }) =>
    /^(preview|step), 11 components beside 2/.test(figure),
  );
  expect(growth.map(({ ratio, ok }) => [ratio, ok])).toEqual([
    [-2, false],
    [-2, false],
  ]);
});

test.each([
  [1.24, true],
  [1.26, false],
])("a component that costs %s times as much in the larger stack: %s", (times, ok) => {
  const larger = [measured(2, 3.1, 5.1, 60_000), measured(11, 3 + times, 6, 330_000)];
  const growth = figuresOf(FIRST, larger).find(({ figure }) => figure === "preview, 11 components beside 2");
  expect(growth?.ok).toBe(ok);
});
