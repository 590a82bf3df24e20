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
  const output = session.outputNames[0] ?? "";
  const types = inputTypes(session);
  return {
    run: async (rows) => {
      if (rows.length === 0) return [];
      const feeds = columns.map(({ name }, index): [string, Tensor] => {
        const values = rows.map((row) => row[index]);
        return [name, toTensor(ort.Tensor, types.get(name) ?? "float32", values)];
      });
      const result = await session.run(Object.fromEntries(feeds), [output]);
      const data = result[output]?.data ?? [];
      return Array.from(data as ArrayLike<unknown>, (value) => (typeof value === "bigint" ? Number(value) : value));
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

function toTensor(TensorClass: typeof Tensor, type: string, values: readonly unknown[]): Tensor {
  const shape = [values.length, 1];
  if (type === "string") return new TensorClass("string", values.map(String), shape);
  if (type === "int64")
    return new TensorClass(
      "int64",
      BigInt64Array.from(values, (value) => BigInt(Number(value))),
      shape,
    );
  return new TensorClass("float32", Float32Array.from(values, Number), shape);
}
