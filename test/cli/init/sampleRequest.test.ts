import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { sampleRequest } from "../../../cli/init/sampleRequest";
import { ROOT } from "../../../driver/paths";

const BLUE = join(ROOT, "examples", "heart-classifier", "models", "blue");
const nothing = (): undefined => undefined;

function mlModel(signature: object, example?: string): string {
  const texts = Object.fromEntries(Object.entries(signature).map(([key, value]) => [key, JSON.stringify(value)]));
  const info = example === undefined ? {} : { saved_input_example_info: { serving_input_path: example } };
  return JSON.stringify({ flavors: { python_function: {} }, signature: texts, ...info });
}

const ofInputs = (inputs: unknown, more: object = {}): unknown =>
  sampleRequest(mlModel({ inputs, ...more }), nothing)?.body;

test("a model of scikit-learn: its input example, as the endpoint takes it", () => {
  const text = (path: string): string => readFileSync(join(BLUE, path), "utf8");
  const request = sampleRequest(text("MLmodel"), text);
  expect(request?.from).toBe("input example");
  expect(request?.body).toMatchObject({
    input_data: { columns: expect.arrayContaining(["age", "thal"]), index: [0, 1, 2] },
  });
});

test("without the example: a row by the signature", () => {
  const request = sampleRequest(readFileSync(join(BLUE, "MLmodel"), "utf8"), nothing);
  expect(request?.from).toBe("signature");
  expect(request?.body).toMatchObject({
    input_data: { index: [0], data: [[0, 0, 0, 0, 0, 0, 0, 0, 0, 0.5, 0, 0, "text"]] },
  });
});

describe("what MLflow's own server takes", () => {
  const made = (example: unknown): unknown =>
    sampleRequest(mlModel({}, "example.json"), (path) =>
      path === "example.json" ? JSON.stringify(example) : undefined,
    )?.body;

  test.each([
    [{ inputs: [[1, 2]] }, { input_data: [[1, 2]] }],
    [
      { instances: [[1]], params: { top_k: 3 } },
      { input_data: [[1]], params: { top_k: 3 } },
    ],
    [
      { dataframe_records: [{ a: 1 }, { a: 2, b: "x" }] },
      {
        input_data: {
          columns: ["a", "b"],
          index: [0, 1],
          data: [
            [1, null],
            [2, "x"],
          ],
        },
      },
    ],
  ])("%j", (example, body) => {
    expect(made(example)).toEqual(body);
  });

  test("five rows are enough", () => {
    const data = Array.from({ length: 1000 }, (_, row) => [row]);
    expect(made({ dataframe_split: { columns: ["a"], data } })).toEqual({
      input_data: { columns: ["a"], index: [0, 1, 2, 3, 4], data: [[0], [1], [2], [3], [4]] },
    });
  });

  test.each([null, 7, {}, { dataframe_split: { columns: "a" } }, { dataframe_records: [1] }])(
    "%j is none",
    (example) => {
      expect(made(example)).toBeUndefined();
    },
  );
});

describe("by the signature", () => {
  test.each([
    [[{ type: "datetime", name: "t" }], { columns: ["t"], index: [0], data: [["2026-01-01T00:00:00"]] }],
    [[{ type: "double" }, { type: "boolean" }], [[0.5, true]]],
    [
      [{ type: "tensor", "tensor-spec": { dtype: "float32", shape: [-1, 2, 2] } }],
      [
        [
          [0, 0],
          [0, 0],
        ],
      ],
    ],
    [[{ type: "tensor", name: "x", "tensor-spec": { dtype: "int64", shape: [2] } }], { x: [0, 0] }],
    [
      [
        {
          name: "m",
          type: "object",
          properties: { role: { type: "string" }, tags: { type: "array", items: { type: "long" } } },
        },
      ],
      { columns: ["m"], index: [0], data: [[{ role: "text", tags: [0] }]] },
    ],
  ])("%j", (inputs, data) => {
    expect(ofInputs(inputs)).toEqual({ input_data: data });
  });

  test("params have their defaults", () => {
    expect(
      ofInputs([{ type: "long" }], { params: [{ name: "top_k", type: "long", default: 3, shape: null }] }),
    ).toEqual({
      input_data: [[0]],
      params: { top_k: 3 },
    });
  });

  test.each([
    [[]],
    [[{ type: "any", name: "a" }]],
    [[{ type: "tensor", "tensor-spec": { dtype: "float32", shape: [-1, 224, 224, 3] } }]],
    [[{ type: "tensor", "tensor-spec": { dtype: "complex64", shape: [1] } }]],
    [[{ type: "tensor", "tensor-spec": { dtype: "float32", shape: "no" } }]],
    ["not a list"],
  ])("none for %j", (inputs) => {
    expect(ofInputs(inputs)).toBeUndefined();
  });

  test("none without a signature", () => {
    expect(sampleRequest("flavors: { python_function: {} }\nsignature: null\n", nothing)).toBeUndefined();
  });
});
