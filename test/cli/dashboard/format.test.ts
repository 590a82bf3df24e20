import { expect, test } from "vitest";
import { formFor, milliseconds, percent, rate, timeOf } from "../../../cli/dashboard/format";

test.each([
  [0, "0"],
  [0.034, "0.034"],
  [0.5, "0.5"],
  [3.14, "3.1"],
  [9.96, "10"],
  [41.3, "41"],
  [1240.4, "1,240"],
])("%s is written %s", (value, text) => {
  expect(rate(value)).toBe(text);
  expect(percent(value)).toBe(`${text}\u00a0%`);
});

test("seconds from a thousand milliseconds on", () => {
  expect([0.4, 41, 999, 1000, 1240, 12_400].map(milliseconds)).toEqual(
    ["0.4 ms", "41 ms", "999 ms", "1 s", "1.2 s", "12 s"].map((text) => text.replace(" ", "\u00a0")),
  );
});

test("times are UTC, and what is no time does not throw", () => {
  const at = Date.parse("2026-11-30T23:05:09Z");
  expect([timeOf(at), timeOf(at, "second"), timeOf(at, "day"), timeOf(Number.NaN)]).toEqual([
    "23:05",
    "23:05:09",
    "30 Nov 23:05",
    "–",
  ]);
});

test("the shortest form that tells times apart", () => {
  const hour = 3_600_000;
  expect(formFor({ from: 0, to: hour }, 60_000)).toBe("minute");
  expect(formFor({ from: 0, to: hour }, 5000)).toBe("second");
  expect(formFor({ from: 0, to: 25 * hour }, hour)).toBe("day");
});
