import { describe, expect, test } from "vitest";
import { readRows, SCRIPT_FAILED, ScoringError } from "../../../local/src/scoring/inputData";
import type { Column } from "../../../local/src/scoring/mlmodel";

const column = (name: string, type: string, required = true): Column => ({ name, type, required });
const frame = (columns: readonly string[], ...data: readonly unknown[][]) => ({ input_data: { columns, data } });
/** The rows of one column with the values. */
const readColumn = (type: string, required: boolean, ...values: readonly unknown[]) =>
  readRows(frame(["a"], ...values.map((value) => [value])), [column("a", type, required)]).flat();

function refusalOf(read: () => unknown): Pick<ScoringError, "status" | "message" | "log"> {
  try {
    read();
  } catch (error) {
    if (error instanceof ScoringError) return { status: error.status, message: error.message, log: error.log };
    throw error;
  }
  throw new Error("nothing was refused");
}
const scriptError = (log: string) => ({ status: 500, message: SCRIPT_FAILED, log });

describe("a column of the signature", () => {
  test.each([
    ["long", [0, -1, 2 ** 53 - 1]],
    ["integer", [0, 2 ** 31 - 1, -(2 ** 31)]],
    ["double", [1.5, 2]],
    ["float", [1.5, 2]],
    ["string", ["", "fixed"]],
    ["boolean", [true, false]],
  ])("of type %s takes %j", (type, values) => {
    expect(readColumn(type, true, ...values)).toEqual(values);
  });

  test.each([
    ["long", 63.5, "number"],
    ["long", "63", "string"],
    ["long", true, "boolean"],
    ["long", 2 ** 53, "number"],
    ["long", [1], "object"],
    ["integer", 2 ** 31, "number"],
    ["integer", 0.5, "number"],
    ["double", "1.5", "string"],
    ["double", false, "boolean"],
    ["string", 3, "number"],
    ["boolean", 1, "number"],
  ])("of type %s refuses %j: nothing is narrowed or converted", (type, value, got) => {
    expect(refusalOf(() => readColumn(type, true, value))).toEqual(
      scriptError(`Incompatible input types for column a. Can not safely convert ${got} to ${type}.`),
    );
  });

  test.each(["long", "double", "string", "boolean"])("of type %s has no gaps when it is required", (type) => {
    expect(refusalOf(() => readColumn(type, true, null))).toEqual(
      scriptError(`Incompatible input types for column a. Can not safely convert a missing value to ${type}.`),
    );
  });

  test("that is optional may be missing or empty where the type has a value for it", () => {
    const columns = [column("a", "long"), column("b", "double", false)];
    expect(readRows(frame(["a"], [1]), columns)).toEqual([[1, Number.NaN]]);
    expect(readRows(frame(["b", "a"], [null, 1]), columns)).toEqual([[1, Number.NaN]]);
    expect(refusalOf(() => readColumn("long", false, null)).status).toBe(500);
  });
});

describe("the columns of a frame", () => {
  const columns = [column("a", "long"), column("b", "long"), column("c", "long")];

  test("may come in any order and with others among them, which are dropped", () => {
    expect(readRows(frame(["c", "x", "a", "b"], [3, "x", 1, 2]), columns)).toEqual([[1, 2, 3]]);
  });

  test("that are missing are named, and so are those that are not in the signature", () => {
    expect(refusalOf(() => readRows(frame(["a", "x"], [1, 2]), columns))).toEqual(
      scriptError("Model is missing inputs ['b', 'c']. Note that there were extra inputs: ['x']."),
    );
    expect(refusalOf(() => readRows(frame(["a"], [1]), columns)).log).toBe("Model is missing inputs ['b', 'c'].");
  });

  test.each([
    [[1, 2], "3 columns passed, passed data had 2 columns."],
    [[1, 2, 3, 4], "3 columns passed, passed data had 4 columns."],
  ])("are as many as each row has: %j", (row, log) => {
    expect(refusalOf(() => readRows(frame(["a", "b", "c"], [1, 2, 3], row), columns))).toEqual(scriptError(log));
  });
});

describe("input_data", () => {
  const columns = [column("a", "long")];

  test.each([
    ["a frame", { columns: ["a"], data: [[1]] }],
    ["a frame with an index", { columns: ["a"], index: ["first"], data: [[1]] }],
    ["a list of rows", [[1]]],
    ["named columns", { a: [1] }],
  ])("may be %s", (_, input_data) => {
    expect(readRows({ input_data }, columns)).toEqual([[1]]);
  });

  test("comes with params, which a signature without parameters ignores", () => {
    expect(readRows({ input_data: [[1]], params: { temperature: 1 } }, columns)).toEqual([[1]]);
  });

  test.each([
    ["records", [{ a: 1 }]],
    ["a list of values", [1]],
    ["named values", { a: 1 }],
    ["data without columns", { data: [[1]] }],
    ["text", "a\n1"],
    ["a number", 1],
    ["null", null],
    ["a frame with another key", { columns: ["a"], data: [[1]], dtype: "int64" }],
  ])("may not be %s", (_, input_data) => {
    expect(refusalOf(() => readRows({ input_data }, columns))).toMatchObject({ status: 500, message: SCRIPT_FAILED });
  });

  test.each([
    { dataframe_split: { columns: ["a"], data: [[1]] } },
    { dataframe_records: [{ a: 1 }] },
    { inputs: [[1]] },
    { instances: [[1]] },
  ])("is what a request must have; %j belongs to MLflow's own server", (body) => {
    expect(refusalOf(() => readRows(body, columns))).toMatchObject({
      status: 400,
      message: "A value is not provided for the 'input_data' parameter.",
    });
  });
});
