import { fc, test as property } from "@fast-check/vitest";
import { expect, test } from "vitest";
import { widthOf } from "../../../cli/terminal/columns";
import { table } from "../../../cli/view/table";

const COLUMNS = [
  { title: "NAME", cells: ["model-1", "a-deployment-with-a-long-name-2"] },
  { title: "LIVE", isNumber: true, cells: ["90 %", "5 %"] },
  { title: "STATE", cells: ["Succeeded", "Failed"] },
];

test("words stand left, numbers right, and no line ends in spaces", () => {
  expect(table(COLUMNS, 80)).toEqual([
    "NAME                             LIVE  STATE",
    "model-1                          90 %  Succeeded",
    "a-deployment-with-a-long-name-2   5 %  Failed",
  ]);
});

test("where there is no room the first column is cut in its middle", () => {
  expect(table(COLUMNS, 28)).toEqual([
    "NAME         LIVE  STATE",
    "model-1      90 %  Succeeded",
    "a-dep…ame-2   5 %  Failed",
  ]);
});

test("a row that lacks a cell, and a table without rows", () => {
  expect(
    table(
      [
        { title: "A", cells: ["1", "2"] },
        { title: "B", cells: ["x"] },
      ],
      80,
    ),
  ).toEqual(["A  B", "1  x", "2"]);
  expect(table([{ title: "A", cells: [] }], 80)).toEqual(["A"]);
});

property.prop([fc.array(fc.string({ unit: "grapheme" }), { minLength: 1 }), fc.integer({ min: 12, max: 60 })])(
  "is no wider than asked while the other columns leave room",
  (names, width) => {
    const lines = table(
      [
        { title: "N", cells: names },
        { title: "LIVE", isNumber: true, cells: names.map(() => "100 %") },
      ],
      width,
    );
    expect(lines).toHaveLength(names.length + 1);
    expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(width);
  },
);
