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

/** The values of a column. Loops, not maps: this is most of what a request costs outside of the graph. */
function toTensor(TensorClass: typeof Tensor, type: string, rows: Rows, column: number): Tensor {
  const shape = [rows.length, 1];
  if (type === "string")
    return new TensorClass(
      "string",
      rows.map((row) => String(row[column])),
      shape,
    );
  if (type === "int64") {
    const data = new BigInt64Array(rows.length);
    for (let row = 0; row < data.length; row++) data[row] = BigInt(Number(rows[row]?.[column]));
    return new TensorClass("int64", data, shape);
  }
  const data = new Float32Array(rows.length);
  for (let row = 0; row < data.length; row++) data[row] = Number(rows[row]?.[column]);
  return new TensorClass("float32", data, shape);
}

function answersOf(data: Tensor.DataType | undefined): readonly unknown[] {
  const answers: unknown[] = [];
  for (const value of (data ?? []) as Iterable<unknown>)
    answers.push(typeof value === "bigint" ? Number(value) : value);
  return answers;
}
