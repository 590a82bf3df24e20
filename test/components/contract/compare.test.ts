import { describe, expect, test } from "vitest";
import { compareContracts, verdictOf } from "../../../components/contract/compareContracts";
import { readMlModel } from "../../../components/contract/modelContract";
import { column, mlModelText, tensor } from "../../support/mlModelText";

type Parts = Parameters<typeof mlModelText>[0];

/** The verdict, then each difference with its cure. */
function compared(stable: Parts, candidate: Parts): readonly string[] {
  const differences = compareContracts(readMlModel(mlModelText(stable)), readMlModel(mlModelText(candidate)));
  const lines = differences.map(({ verdict, what, cure }) => `${verdict}: ${what}${cure === "" ? "" : `; ${cure}`}`);
  return [verdictOf(differences), ...lines];
}

const AGE = column("age", "long");
const SEX = column("sex", "long");

test.each<[string, readonly object[], readonly object[], readonly string[]]>([
  ["the same", [AGE, SEX], [AGE, SEX], ["compatible"]],
  ["added, optional", [AGE], [AGE, column("bmi", "double", false)], ["compatible"]],
  [
    "added, required",
    [AGE],
    [AGE, column("bmi", "double")],
    [
      "breaking",
      "breaking: input bmi (double, required) is new and callers do not send it; make it optional in the signature",
    ],
  ],
  [
    "removed",
    [AGE, SEX],
    [AGE],
    ["warning", "warning: input sex (long) is gone; MLflow ignores what callers still send"],
  ],
  ["retyped", [AGE], [column("age", "string")], ["breaking", "breaking: input age is long -> string; keep long"]],
  ["widened", [column("age", "integer")], [AGE], ["compatible"]],
  [
    "widened with a loss",
    [AGE],
    [column("age", "double")],
    ["warning", "warning: input age is long -> double; numbers may be rounded"],
  ],
  ["narrowed", [AGE], [column("age", "integer")], ["breaking", "breaking: input age is long -> integer; keep long"]],
  ["reordered, with names", [AGE, SEX], [SEX, AGE], ["compatible"]],
  [
    "reordered, without names",
    [{ type: "long" }, { type: "string" }],
    [{ type: "string" }, { type: "long" }],
    ["breaking", "breaking: input is long -> string; keep long", "breaking: input 1 is string -> long; keep string"],
  ],
  ["required, then optional", [AGE], [column("age", "long", false)], ["compatible"]],
  [
    "optional, then required",
    [column("age", "long", false)],
    [AGE],
    ["breaking", "breaking: input age is optional -> required and callers may leave it out; keep it optional"],
  ],
  [
    "renamed",
    [AGE],
    [column("Age", "long")],
    [
      "breaking",
      "warning: input age (long) is gone; MLflow ignores what callers still send",
      "breaking: input Age (long, required) is new and callers do not send it; make it optional in the signature",
    ],
  ],
  [
    "columns, then a tensor",
    [AGE],
    [tensor("int64", [-1, 1])],
    ["breaking", "breaking: inputs are columns with names -> tensors without names; keep columns with names"],
  ],
  [
    "a tensor of any size where one was fixed",
    [tensor("float32", [-1, 8])],
    [tensor("float64", [-1, -1])],
    ["compatible"],
  ],
  [
    "a tensor of one size where any was",
    [tensor("float32", [-1, -1])],
    [tensor("float32", [-1, 8])],
    ["breaking", "breaking: input has shape [-1, -1] -> [-1, 8]; keep [-1, -1]"],
  ],
  [
    "a tensor with one dimension more",
    [tensor("float32", [-1, 8], "x")],
    [tensor("float32", [-1, 8, 1], "x")],
    ["breaking", "breaking: input x has shape [-1, 8] -> [-1, 8, 1]; keep [-1, 8]"],
  ],
  [
    "a nested type that changes inside",
    [{ name: "tags", type: "array", items: { type: "string" } }],
    [{ name: "tags", type: "array", items: { type: "long" } }],
    ["breaking", "breaking: input tags is array of string -> array of long; keep array of string"],
  ],
  [
    "properties in another order",
    [{ name: "at", type: "object", properties: { city: { type: "string" }, zip: { type: "long", required: false } } }],
    [{ name: "at", type: "object", properties: { zip: { type: "long", required: false }, city: { type: "string" } } }],
    ["compatible"],
  ],
])("inputs: %s", (_, stable, candidate, expected) => {
  expect(compared({ inputs: stable }, { inputs: candidate })).toEqual(expected);
});

const RISK = column("risk", "double");

test.each<[string, readonly object[], readonly object[], readonly string[]]>([
  ["added", [RISK], [RISK, AGE], ["warning", "warning: output age (long) is new"]],
  [
    "removed",
    [RISK, AGE],
    [RISK],
    ["breaking", "breaking: output age (long) is gone and callers may read it; keep it"],
  ],
  ["retyped to what fits", [RISK], [column("risk", "float")], ["compatible"]],
  [
    "a class, then a probability",
    [AGE],
    [column("age", "double")],
    ["breaking", "breaking: output age is long -> double; keep long"],
  ],
  [
    "one more number a row",
    [tensor("int64", [-1])],
    [tensor("int64", [-1, 2])],
    ["breaking", "breaking: output has shape [-1] -> [-1, 2]; keep [-1]"],
  ],
  [
    "required, then optional",
    [RISK],
    [column("risk", "double", false)],
    ["breaking", "breaking: output risk is required -> optional and callers may rely on it; keep it required"],
  ],
])("outputs: %s", (_, stable, candidate, expected) => {
  expect(compared({ outputs: stable }, { outputs: candidate })).toEqual(expected);
});

const LIMIT = { name: "limit", type: "long", default: 5, shape: null };

test.each<[string, readonly object[], readonly object[], readonly string[]]>([
  ["added, with its default", [], [LIMIT], ["compatible"]],
  ["removed", [LIMIT], [], ["warning", "warning: param limit is gone; MLflow ignores what callers still send"]],
  [
    "retyped",
    [LIMIT],
    [{ ...LIMIT, type: "string" }],
    ["breaking", "breaking: param limit is long -> string; keep long"],
  ],
  [
    "a list",
    [LIMIT],
    [{ ...LIMIT, shape: [-1] }],
    ["breaking", "breaking: param limit is long -> list of long; keep long"],
  ],
  ["another default", [LIMIT], [{ ...LIMIT, default: 9 }], ["warning", "warning: param limit has default 5 -> 9"]],
])("params: %s", (_, stable, candidate, expected) => {
  const inputs = [AGE];
  expect(compared({ inputs, params: stable }, { inputs, params: candidate })).toEqual(expected);
});

describe("what is no signature", () => {
  test("a signature that only one model has cannot be compared", () => {
    const inputs = [AGE];
    const outputs = [RISK];
    expect(compared({ inputs, outputs }, {})).toEqual([
      "warning",
      "warning: inputs are no longer declared, so that they cannot be compared",
      "warning: outputs are no longer declared, so that they cannot be compared",
    ]);
    expect(compared({}, { inputs })).toEqual([
      "warning",
      "warning: inputs are declared only by the candidate, so that they cannot be compared",
    ]);
    expect(compared({}, {})).toEqual(["compatible"]);
  });

  test("another flavour or minor version of Python is a warning, a patch of Python is not", () => {
    expect(compared({}, { flavours: ["xgboost", "onnx"], python: "3.10.1" })).toEqual([
      "warning",
      "warning: flavour is sklearn -> onnx and xgboost",
      "warning: Python is 3.11 -> 3.10",
    ]);
    expect(compared({}, { flavours: [], python: "3.11.9" })).toEqual([
      "warning",
      "warning: flavour is sklearn -> python_function alone",
    ]);
  });
});
