import type { InferenceSession, Tensor } from "onnxruntime-web";
import type { Rows } from "./inputData";
import { ModelLoadError } from "./mlmodel";
import type { Column } from "./mlmodel";

export interface OnnxSession {
  /** One answer for each row. */
  run(rows: Rows): Promise<readonly unknown[]>;
  close(): Promise<void>;
}

/** Opens a graph with one input for each column and a first output with one answer a row. */
export async function openSession(graph: Uint8Array, columns: readonly Column[]): Promise<OnnxSession> {
  // Loaded on first use: the runtime takes most of the memory here, and not every server scores.
  const ort = await import("onnxruntime-web");
  ort.env.wasm.numThreads = 1;
  ort.env.logLevel = "error";
  const session = await open(() => ort.InferenceSession.create(graph));
  const missing = columns.filter(({ name }) => !session.inputNames.includes(name));
  if (missing.length > 0) {
    throw new ModelLoadError(`model.onnx has no input for the columns ${missing.map(({ name }) => name).join(", ")}`);
  }
  const outputs = session.outputNames.slice(0, 1);
  const types = inputTypes(session);
  const inputs = columns.map(({ name }) => ({ name, type: types.get(name) ?? "float32" }));
  return {
    run: async (rows) => {
      if (rows.length === 0) return [];
      const feeds: Record<string, Tensor> = {};
      for (const [column, { name, type }] of inputs.entries()) feeds[name] = toTensor(ort.Tensor, type, rows, column);
      const result = await session.run(feeds, outputs);
      return answersOf(result[outputs[0] ?? ""]?.data);
    },
    close: () => session.release(),
  };
}

async function open(create: () => Promise<InferenceSession>): Promise<InferenceSession> {
  try {
    return await create();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ModelLoadError(`model.onnx cannot be loaded: ${reason.split("\n")[0] ?? ""}`);
  }
}

function inputTypes(session: InferenceSession): Map<string, string> {
  const tensors = session.inputMetadata.filter((input) => input.isTensor);
  return new Map(tensors.map((input) => [input.name, input.type]));
}

/** The values of a column in the type of the graph's input. */
function toTensor(TensorClass: typeof Tensor, type: string, rows: Rows, column: number): Tensor {
  const shape = [rows.length, 1];
  switch (type) {
    case "string":
      return new TensorClass("string", valuesOf(rows, column, String), shape);
    case "bool":
      return new TensorClass("bool", valuesOf(rows, column, Boolean), shape);
    case "int64":
      return new TensorClass("int64", fill(new BigInt64Array(rows.length), rows, column, toBigInt), shape);
    case "int32":
      return new TensorClass("int32", fill(new Int32Array(rows.length), rows, column, Number), shape);
    case "float64":
      return new TensorClass("float64", fill(new Float64Array(rows.length), rows, column, Number), shape);
    default:
      return new TensorClass("float32", fill(new Float32Array(rows.length), rows, column, Number), shape);
  }
}

/** A loop: `from` with a function takes several times as long, and this is done for each column of each request. */
function fill<V, T extends { readonly length: number; [index: number]: V }>(
  data: T,
  rows: Rows,
  column: number,
  convert: (value: unknown) => V,
): T {
  for (let row = 0; row < data.length; row++) data[row] = convert(rows[row]?.[column]);
  return data;
}

function valuesOf<V>(rows: Rows, column: number, convert: (value: unknown) => V): V[] {
  return rows.map((row) => convert(row[column]));
}

function toBigInt(value: unknown): bigint {
  return BigInt(Number(value));
}

function answersOf(data: Tensor.DataType | undefined): readonly unknown[] {
  const answers: unknown[] = [];
  for (const value of (data ?? []) as Iterable<unknown>)
    answers.push(typeof value === "bigint" ? Number(value) : value);
  return answers;
}
