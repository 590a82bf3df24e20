import type { InferenceSession, Tensor } from "onnxruntime-web";
import { graphTensors } from "./graphInputs";
import type { GraphTensors } from "./graphInputs";
import type { Rows } from "./inputData";
import { ModelLoadError } from "./mlmodel";
import type { Column } from "./mlmodel";

/** Rows of the tensors that are kept between requests, so that one large request does not hold its memory for good. */
const MOST_KEPT_ROWS = 1000;

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
  const [output = ""] = outputs;
  const types = inputTypes(session);
  const inputs = columns.map(({ name }) => ({ name, type: types.get(name) ?? "float32" }));
  // Making tensors takes longer than filling them, and requests tend to have as many rows as the one before.
  let idle: GraphTensors | undefined;
  return {
    run: async (rows) => {
      if (rows.length === 0) return [];
      const tensors = idle?.height === rows.length ? idle : graphTensors(ort.Tensor, inputs, rows.length);
      // Another run, if one begins before this one ends, has to make its own.
      idle = undefined;
      tensors.fill(rows);
      const result = await session.run(tensors.feeds, outputs);
      if (rows.length <= MOST_KEPT_ROWS) idle = tensors;
      return answersOf(result[output]?.data);
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

function answersOf(data: Tensor.DataType | undefined): readonly unknown[] {
  const answers: unknown[] = [];
  for (const value of (data ?? []) as Iterable<unknown>)
    answers.push(typeof value === "bigint" ? Number(value) : value);
  return answers;
}
