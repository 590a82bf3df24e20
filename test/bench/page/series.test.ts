import { describe, expect, test } from "vitest";
import { seriesTable } from "../../../bench/common/series";
import { withFigures } from "../../../bench/page/performancePage";
import { placesOf, seriesSvg } from "../../../bench/page/seriesSvg";
import { SERIES } from "../../support/benchSeries";

describe("the plot of series", () => {
  test("has a line for each column, and says to those who do not see it what it shows", () => {
    const svg = seriesSvg("What grows", [SERIES, SERIES]);
    expect(svg.match(/<polyline/g)).toHaveLength(4);
    expect(svg.match(/<circle/g)).toHaveLength(8);
    expect(svg).toContain('<title id="title">What grows</title>');
    expect(svg).toContain("By models &amp; more: 1: time (s) 2, requests 0. 100: time (s) 4, requests 0.");
    expect(svg).toContain("prefers-color-scheme: dark");
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
  });

  test.each([
    [
      [1, 2, 5],
      [0, 0.25, 1],
    ],
    [
      [1, 10, 100],
      [0, 0.5, 1],
    ],
    [[7], [0]],
    [
      [0, 50, 100],
      [0, 0.5, 1],
    ],
  ])("puts %j at %j", (values, places) => {
    expect(placesOf(values)).toEqual(places);
  });
});

describe("a part that states series", () => {
  const PAGE = "<!-- figures: begin -->\n<!-- figures: end -->\n";
  const part = { name: "growth", measures: "what grows", about: "Stated." };

  test("has its plot and its tables on the page", () => {
    const page = withFigures(PAGE, [{ name: "growth", figures: [], series: [SERIES], load: 0 }], [part]);
    expect(page).toContain(
      `### growth: what grows\n\nStated.\n\n![What grows](performance-growth.svg)\n\n${seriesTable(SERIES)}`,
    );
  });

  test("in virtual time depends on no machine", () => {
    const measured = { name: "growth", figures: [], series: [SERIES], load: 9 };
    expect(withFigures(PAGE, [measured], [part])).toContain("busy machine");
    expect(withFigures(PAGE, [measured], [{ ...part, isVirtual: true }])).not.toContain("busy machine");
  });
});
