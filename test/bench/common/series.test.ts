import { expect, test } from "vitest";
import { seriesLines, seriesTable } from "../../../bench/common/series";
import { SERIES } from "../../support/benchSeries";

test("a series is a table, with what it comes to below", () => {
  const table = [
    "| models & more | time (s) | requests |",
    "| ------------- | -------- | -------- |",
    "| 1             | 2        | 0        |",
    "| 100           | 4        | 0        |",
  ].join("\n");
  expect(seriesTable(SERIES)).toBe(`${table}\n`);
  expect(seriesTable({ ...SERIES, note: "It grows." })).toBe(`${table}\n\nIt grows.\n`);
});

test("a series is a line of JSON for each row", () => {
  expect(seriesLines(SERIES)).toEqual([
    '{"models & more":1,"time (s)":2,"requests":0}',
    '{"models & more":100,"time (s)":4,"requests":0}',
  ]);
});
