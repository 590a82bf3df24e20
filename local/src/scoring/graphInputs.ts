import type { Tensor } from "onnxruntime-web";
import type { Rows } from "./inputData";

/** An input of a graph that takes a column of the rows. */
export interface GraphInput {
  readonly name: string;
  /** ONNX's name of it, such as `int64`. */
  readonly type: string;
}

/** Tensors for so many rows, by the name of their input. */
export interface GraphTensors {
  readonly height: number;
  readonly feeds: Readonly<Record<string, Tensor>>;
  fill(rows: Rows): void;
}

/** Makes a tensor for each input; the values are those of the rows that it is filled with. */
export function graphTensors(TensorClass: typeof Tensor, inputs: readonly GraphInput[], height: number): GraphTensors {
  const feeds: Record<string, Tensor> = {};
  const fills = inputs.map(({ name, type }) => {
    const { tensor, fill } = columnOf(TensorClass, type, height);
    feeds[name] = tensor;
    return fill;
  });
  return {
    height,
    feeds,
    fill: (rows) => {
      for (let column = 0; column < fills.length; column++) fills[column]?.(rows, column);
    },
  };
}

interface GraphColumn {
  readonly tensor: Tensor;
  readonly fill: (rows: Rows, column: number) => void;
}

/** A column in the type of the graph's input. */
function columnOf(TensorClass: typeof Tensor, type: string, height: number): GraphColumn {
  const shape = [height, 1];
  switch (type) {
    case "string": {
      const data = Array.from({ length: height }, () => "");
      return { tensor: new TensorClass("string", data, shape), fill: filling(data, String) };
    }
    case "bool": {
      const data = new Uint8Array(height);
      return { tensor: new TensorClass("bool", data, shape), fill: filling(data, (value) => (value ? 1 : 0)) };
    }
    case "int64": {
      const data = new BigInt64Array(height);
      return { tensor: new TensorClass("int64", data, shape), fill: filling(data, toBigInt) };
    }
    case "int32": {
      const data = new Int32Array(height);
      return { tensor: new TensorClass("int32", data, shape), fill: filling(data, Number) };
    }
    case "float64": {
      const data = new Float64Array(height);
      return { tensor: new TensorClass("float64", data, shape), fill: filling(data, Number) };
    }
    default: {
      const data = new Float32Array(height);
      return { tensor: new TensorClass("float32", data, shape), fill: filling(data, Number) };
    }
  }
}

/** A loop: `from` with a function takes several times as long, and this is done for each column of each request. */
function filling<V>(
  data: { readonly length: number; [index: number]: V },
  convert: (value: unknown) => V,
): GraphColumn["fill"] {
  return (rows, column) => {
    for (let row = 0; row < data.length; row++) data[row] = convert(rows[row]?.[column]);
  };
}

function toBigInt(value: unknown): bigint {
  return BigInt(Number(value));
}
