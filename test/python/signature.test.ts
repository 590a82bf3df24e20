import { describe, expect, onTestFinished, test } from "vitest";
import { startContainer } from "../support/container";
import { pythonModel } from "../support/modelFiles";
import { WITHOUT_PYTHON, hasPython } from "../support/python";

/** A model that tells what it is given. */
const MIRROR = `
import numpy as np
import pandas as pd

def tell(data):
    if isinstance(data, pd.DataFrame):
        return {"frame": {name: [str(column.dtype), [str(value) for value in column]] for name, column in data.items()}}
    if isinstance(data, dict):
        return {name: tell(value) for name, value in data.items()}
    return {"array": str(data.dtype), "values": data.tolist()} if isinstance(data, np.ndarray) else repr(data)

class Mirror:
    def predict(self, data, params=None):
        return [tell(data)] if params is None else [tell(data), params]

def _load_pyfunc(path):
    return Mirror()
`;
const tensor = (dtype: string) => ({ type: "tensor", "tensor-spec": { dtype, shape: [-1, 2] } });

const PIXELS = { name: "pixels", ...tensor("int32") };

describe.skipIf(!hasPython)(`what a model is given${WITHOUT_PYTHON}`, () => {
  const answersOf = async (inputs: readonly object[], ...given: readonly unknown[]): Promise<readonly unknown[]> => {
    const { scorer } = await startContainer(pythonModel(MIRROR, inputs));
    onTestFinished(() => scorer.close());
    const answers = await Promise.all(given.map((input_data) => scorer.score({ input_data })));
    return answers.map((answer) => (answer as readonly unknown[])[0]);
  };

  test("without a signature: arrays, named arrays, and a frame of columns, index and data", async () => {
    const frame = { columns: ["a", "b"], index: [0], data: [[1, "x"]] };
    expect(await answersOf([], [[1, 2]], { a: [0.5], b: ["x"] }, frame)).toEqual([
      { array: "int64", values: [[1, 2]] },
      { a: { array: "float64", values: [0.5] }, b: { array: "<U1", values: ["x"] } },
      { frame: { a: ["int64", ["1"]], b: ["object", ["x"]] } },
    ]);
  });

  test("with a signature of tensors: arrays of its type", async () => {
    const answers = [answersOf([tensor("float32")], [[1, 2]]), answersOf([PIXELS], { pixels: [[1, 2]] })];
    expect(await Promise.all(answers)).toEqual([
      [{ array: "float32", values: [[1, 2]] }],
      [{ pixels: { array: "int32", values: [[1, 2]] } }],
    ]);
  });

  test("with a signature of columns: a frame of its types, in its order", async () => {
    const types = ["boolean", "integer", "long", "float", "double", "string", "datetime", "binary"];
    const columns = types.map((type) => ({ type, name: type, required: true }));
    const row = {
      boolean: true,
      integer: 1,
      long: 2,
      float: 0.5,
      double: 3,
      string: "x",
      datetime: "2024-05-06T07:08:09",
      binary: "eA==",
    };
    const data = Object.fromEntries(
      Object.entries(row)
        .toReversed()
        .map(([name, value]) => [name, [value]]),
    );
    expect(await answersOf(columns, data)).toEqual([
      {
        frame: {
          boolean: ["bool", ["True"]],
          integer: ["int32", ["1"]],
          long: ["int64", ["2"]],
          float: ["float32", ["0.5"]],
          double: ["float64", ["3.0"]],
          string: ["object", ["x"]],
          datetime: ["datetime64[ns]", ["2024-05-06 07:08:09"]],
          binary: ["object", ["b'x'"]],
        },
      },
    ]);
  });
});
