import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { fitOf } from "../../../components/contract/fit";
import type { Fit } from "../../../components/contract/fit";
import { WITHOUT_PYTHON, hasPython, runPython } from "../../support/python";

test.each<[string, string, Fit]>([
  ["long", "any", "kept"],
  ["any", "long", "refused"],
  ["array of long", "array of long", "kept"],
  ["datetime", "string", "refused"],
  ["uint8", "int16", "kept"],
  ["uint8", "int8", "refused"],
  ["int8", "uint16", "refused"],
  ["int8", "float16", "kept"],
  ["int16", "float16", "rounded"],
  ["int32", "float32", "rounded"],
  ["int32", "float64", "kept"],
  ["int64", "float64", "rounded"],
  ["float64", "float32", "rounded"],
  ["float16", "int64", "refused"],
  ["bool", "int8", "refused"],
])("a value of type %s where %s is declared is %s", (from, to, fit) => {
  expect(fitOf(from, to)).toBe(fit);
});

/** What MLflow may do for what is said here; a text column takes anything and hands it over as it is. */
const ALLOWED: Readonly<Record<Fit, readonly string[]>> = {
  kept: ["kept"],
  rounded: ["changed"],
  refused: ["changed", "refused"],
};

describe.skipIf(!hasPython)(`MLflow itself${WITHOUT_PYTHON}`, () => {
  test("keeps, rounds or spoils values as is said here, for each pair of column types", async () => {
    const text = await runPython(join(__dirname, "mlflowFit.py"));
    const seen = Object.entries(JSON.parse(text) as Readonly<Record<string, string>>);
    const different = seen.filter(([pair, what]) => {
      const [from = "", to = ""] = pair.split(" ");
      return to !== "string" && !ALLOWED[fitOf(from, to)].includes(what);
    });
    expect(different).toEqual([]);
    expect(seen).toHaveLength(36);
  });
});
