import { describe, expect, test } from "vitest";
import { aligned } from "../../../cli/terminal/aligned";
import { fromNow, localTime } from "../../../cli/terminal/times";

const NOW = new Date("2026-11-30T12:00:00Z");

describe("how far away an instant is", () => {
  test.each([
    [0, "now"],
    [-59, "now"],
    [59, "now"],
    [-60, "1 minute ago"],
    [-3599, "59 minutes ago"],
    [3600, "in 1 hour"],
    [7200, "in 2 hours"],
    [-86_400, "1 day ago"],
    [30 * 86_400, "in 30 days"],
  ])("%i seconds: %s", (seconds, text) => {
    expect(fromNow(new Date(NOW.getTime() + seconds * 1000), NOW)).toBe(text);
  });
});

test("a time is local, to the minute", () => {
  expect(localTime(new Date(2026, 0, 2, 3, 4, 59))).toBe("2026-01-02 03:04");
});

test("columns are as wide as their longest cell, and no line ends in spaces", () => {
  expect(
    aligned([
      ["a", "bb", "c"],
      ["aaa", "b", ""],
    ]),
  ).toEqual(["a    bb  c", "aaa  b"]);
  expect(aligned([])).toEqual([]);
});
