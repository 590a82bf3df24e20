import { fc } from "@fast-check/vitest";
import { expect, test } from "vitest";
import { formatViolations, show } from "../../../components/values/violation";

const circular: { self?: unknown } = {};
circular.self = circular;

test.each<[string, unknown]>([
  ['"text"', "text"],
  ["33.3", 33.3],
  ["NaN", Number.NaN],
  ["-Infinity", Number.NEGATIVE_INFINITY],
  ["12", 12n],
  ["null", null],
  ["undefined", undefined],
  ["true", true],
  ['{"green":10}', { green: 10 }],
  ['["a",1]', ["a", 1]],
  ["a function", () => 1],
  ["Symbol(a)", Symbol("a")],
  ["a value that is not JSON", circular],
  [`"${"x".repeat(58)}"`, "x".repeat(58)],
  [`"${"x".repeat(56)}...`, "x".repeat(100)],
])("a message says %s", (text, value) => {
  expect(show(value)).toBe(text);
});

test("any value can stand in a message, in at most 60 characters", () => {
  fc.assert(
    fc.property(fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true }), (value) => {
      expect(show(value).length).toBeLessThanOrEqual(60);
    }),
  );
});

test("violations are a list, one line each", () => {
  const violations = [
    { path: "traffic", reason: "a" },
    { path: "model.name", reason: "b" },
  ];
  expect(formatViolations(violations)).toBe("  - traffic: a\n  - model.name: b");
});
