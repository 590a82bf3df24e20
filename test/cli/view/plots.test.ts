import { fc, test as property } from "@fast-check/vitest";
import { expect, test } from "vitest";
import { widthOf } from "../../../cli/terminal/columns";
import { plotLines } from "../../../cli/view/plots";
import { rolloutView } from "../../support/rolloutView";

const NOW = new Date("2026-01-02T14:40:00Z");

test("weight and errors side by side, from the first view to now", () => {
  const history = [rolloutView(0, 0), rolloutView(10, 10, 0.5), rolloutView(20, 25), rolloutView(30, 50, 4)];
  expect(`\n${plotLines(history, "model-2", NOW, 60).join("\n")}\n`).toBe(`
weight of model-2, %           errors of model-2, %
 50┤                ┏━━━━━━      5┤
   │                ┃             │                ┏━━━━━━
   │          ┏━━━━━┛             │                ┃
   │          ┃                   │                ┃
   │     ┏━━━━┛                   │     ┏━━━━┓     ┃
  0┤━━━━━┛                       0┤━━━━━┛    ┗━━━━━┛
    14:00 UTC to 14:40 UTC         14:00 UTC to 14:40 UTC
`);
});

test("a little is more than nothing, and what is not there is nothing", () => {
  const little = plotLines([rolloutView(0, 1), rolloutView(1, 1)], "model-2", NOW, 60);
  expect(little[1]).toMatch(/^ {2}1┤━/);
  const rows = plotLines([rolloutView(0, 0), rolloutView(1, 0, 0.01)], "model-2", NOW, 60);
  expect(rows.filter((row) => row.includes("━")).length).toBeGreaterThan(1);
  const gone = plotLines([rolloutView(0, 50), rolloutView(1, 50)], "gone", NOW, 60);
  expect(gone.filter((row) => row.includes("━"))).toEqual([expect.stringMatching(/^ {2}0┤/)]);
});

test("one view is no curve", () => {
  expect(plotLines([rolloutView(0, 10)], "model-2", NOW, 80)).toEqual([]);
});

property.prop([
  fc.array(fc.tuple(fc.integer({ min: 0, max: 100 }), fc.double({ min: 0, max: 100, noNaN: true })), {
    minLength: 2,
    maxLength: 60,
  }),
  fc.integer({ min: 30, max: 120 }),
])("always has as many rows, none wider than asked", (points, width) => {
  const history = points.map(([weight, errors], minute) => rolloutView(minute, weight, errors));
  const lines = plotLines(history, "model-2", NOW, width);
  expect(lines).toHaveLength(8);
  expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(width);
});
