import { fc, test } from "@fast-check/vitest";
import { expect } from "vitest";
import { niceMaximum, placeOf, timeTicks } from "../../../cli/dashboard/axis";

const at = (text: string): number => Date.parse(`2026-11-30T${text}Z`);

test.each([
  ["14:02:00", "15:10:00", ["14:10", "14:20", "14:30", "14:40", "14:50", "15:00", "15:10"]],
  ["14:00:00", "14:06:00", ["14:00", "14:01", "14:02", "14:03", "14:04", "14:05", "14:06"]],
  ["00:00:00", "23:59:00", ["00:00", "06:00", "12:00", "18:00"]],
])("from %s to %s", (from, to, ticks) => {
  const found = timeTicks(at(from), at(to), 7).at.map((time) => new Date(time).toISOString().slice(11, 16));
  expect(found).toEqual(ticks);
});

const time = fc.integer({ min: 0, max: 4e12 });

test.prop([time, fc.integer({ min: 0, max: 4e10 })])("ticks are inside, and not too many", (from, length) => {
  const ticks = timeTicks(from, from + length, 7).at;
  expect(ticks.every((tick) => tick >= from && tick <= from + length)).toBe(true);
  expect(ticks.length).toBeLessThanOrEqual(8);
});

test.each([
  [0, 1, 1],
  [0.3, 1, 1],
  [1.2, 1, 1.5],
  [118, 1, 150],
  [1342, 1, 1500],
  [99, 1, 100],
  [2001, 1, 3000],
])("the axis for %s, at least to %s, ends at %s", (value, least, end) => {
  expect(niceMaximum(value, least)).toBe(end);
});

test.prop([fc.double({ min: 1e-3, max: 1e9, noNaN: true })])(
  "the axis holds its values and is not half empty",
  (value) => {
    const end = niceMaximum(value, 1e-3);
    expect(end).toBeGreaterThanOrEqual(value * (1 - 1e-9));
    expect(end).toBeLessThanOrEqual(value * 2);
  },
);

test("places are percentages, and stay on the axis", () => {
  const axis = { from: 1000, to: 2000 };
  expect([1000, 1333, 2000, 0, 9999].map((each) => placeOf(each, axis))).toEqual([0, 33.3, 100, 0, 100]);
  expect(placeOf(5, { from: 5, to: 5 })).toBe(0);
});
