import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { figureOf, figuresTable, sampleOf } from "../../../bench/common/figure";
import { withFigures } from "../../../bench/page/performancePage";
import { ratioSvg } from "../../../bench/page/ratioSvg";

const STEP = { figure: "step", rival: "an empty program", unit: "s" };

describe("a sample", () => {
  test.each([
    [[3], 3, [3, 3]],
    [[4, 1, 3, 2], 2.5, [1.75, 3.25]],
  ])("of %j has its median and its quartiles", (values, median, quartiles) => {
    expect(sampleOf(values)).toEqual({ median, quartiles });
  });

  property.prop([fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1 })])("has them in order", (values) => {
    const { median, quartiles } = sampleOf(values);
    expect(quartiles[0]).toBeLessThanOrEqual(median);
    expect(median).toBeLessThanOrEqual(quartiles[1]);
  });
});

describe("a figure", () => {
  test.each([
    [4, 2, { most: 1.9 }, 2, "<= 1.9", false],
    [3.8, 2, { most: 1.9 }, 1.9, "<= 1.9", true],
    [80, 100, { least: 0.8 }, 0.8, ">= 0.8", true],
    [79, 100, { least: 0.8 }, 0.79, ">= 0.8", false],
  ])("of %d beside %d with %j: %d", (ours, against, limit, ratio, reach, ok) => {
    expect(figureOf({ ...STEP, ours, against, limit })).toEqual({ ...STEP, ours, against, ratio, reach, ok });
  });

  test("of samples has its spread", () => {
    const figure = figureOf({ ...STEP, ours: sampleOf([1, 2, 3]), against: 4, limit: { most: 1 } });
    expect(figure.spread).toEqual([
      [1.5, 2.5],
      [4, 4],
    ]);
  });
});

const REACHED = figureOf({ ...STEP, ours: sampleOf([1, 2, 3]), against: 4, limit: { most: 1 } });
const MISSED = figureOf({ ...STEP, figure: "upload <2 GB>", ours: 1, against: 4, limit: { least: 0.8 } });

test("the table says of each figure whether it is reached", () => {
  expect(figuresTable([REACHED, MISSED]).split("\n").slice(2, 4)).toEqual([
    "| step          | 2 s (1.5 to 2.5) | 4 s (4 to 4) | an empty program | 0.5   | <= 1   | yes     |",
    "| upload <2 GB> | 1 s              | 4 s          | an empty program | 0.25  | >= 0.8 | NO      |",
  ]);
});

describe("the page", () => {
  const part = { name: "step", measures: "a step", about: "In turns." };
  const PAGE = "Before.\n<!-- figures: begin -->\nold\n<!-- figures: end -->\nAfter.\n";

  test("gets the figures of the parts that were measured, and nothing else changes", () => {
    const filled = withFigures(
      PAGE,
      [{ name: "step", figures: [REACHED], load: 0.9 }],
      [part, { ...part, name: "other" }],
    );
    expect(filled).toContain("### step: a step\n\nIn turns.\n\n| figure");
    expect(filled).not.toContain("old");
    expect(filled).not.toContain("other");
    expect(filled.startsWith("Before.\n<!-- figures: begin -->\n")).toBe(true);
    expect(filled.endsWith("<!-- figures: end -->\nAfter.\n")).toBe(true);
  });

  test("says when the machine was busy", () => {
    expect(withFigures(PAGE, [{ name: "step", figures: [REACHED], load: 4.2 }], [part])).toContain(
      "In turns. Measured on a busy machine (load 4.2 for each core): times are longer than they would be, and ratios are rough.\n",
    );
  });

  test("without the marks is an error", () => {
    expect(() => withFigures("Before.", [], [part])).toThrow(/^the page has no /);
  });
});

test("the plot draws how much of its reach each figure uses, and says it to those who do not see it", () => {
  const svg = ratioSvg([REACHED, MISSED]);
  expect(svg).toContain("1 of 2 figures reach what is wanted");
  // Half of what is allowed, and 3.2 times as much, which is more than the plot has room for.
  expect(
    [...svg.matchAll(/<rect class="(reached|missed)"[^>]* width="([\d.]+)"/g)].map(([, is, width]) => [is, width]),
  ).toEqual([
    ["reached", "100.0"],
    ["missed", "400.0"],
  ]);
  expect(svg).toContain("upload &lt;2 GB&gt;: 1 s, 0.25 of an empty program, wanted &gt;= 0.8, missed.");
});
