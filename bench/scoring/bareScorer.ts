import { readFileSync } from "node:fs";
import { join } from "node:path";
import { env, InferenceSession, Tensor } from "onnxruntime-web";
import { MODELS } from "../../driver/paths";

/** Answers the JSON text of a request with that of the answers. */
export type BareScorer = (body: string) => Promise<string>;

/**
 * A committed model with what no scorer can do without around it: the JSON is parsed, tensors are made, the session
 * runs, and its answers are written. Nothing is checked.
 */
export async function openBareScorer(model: "blue" | "green"): Promise<BareScorer> {
  env.wasm.numThreads = 1;
  env.logLevel = "error";
  const session = await InferenceSession.create(readFileSync(join(MODELS, model, "model.onnx")));
  const types = new Map(session.inputMetadata.flatMap((input) => (input.isTensor ? [[input.name, input.type]] : [])));
  const outputs = session.outputNames.slice(0, 1);
  const [output = ""] = outputs;
  return async (body) => {
    const { columns, data } = (JSON.parse(body) as { input_data: Frame }).input_data;
    const feeds: Record<string, Tensor> = {};
    for (const [column, name] of columns.entries()) feeds[name] = toTensor(types.get(name) ?? "", data, column);
    const result = await session.run(feeds, outputs);
    return JSON.stringify(Array.from(result[output]?.data as Iterable<unknown>, Number));
  };
}

interface Frame {
  readonly columns: readonly string[];
  readonly data: readonly (readonly (string | number)[])[];
}

function toTensor(type: string, rows: Frame["data"], column: number): Tensor {
  const shape = [rows.length, 1];
  if (type === "string") {
    const texts = rows.map((row) => String(row[column]));
    return new Tensor("string", texts, shape);
  }
  // Loops: "from" with a function takes several times as long.
  if (type === "int64") {
    const whole = new BigInt64Array(rows.length);
    for (let row = 0; row < whole.length; row++) whole[row] = BigInt(rows[row]?.[column] ?? 0);
    return new Tensor("int64", whole, shape);
  }
  const values = new Float32Array(rows.length);
  for (let row = 0; row < values.length; row++) values[row] = Number(rows[row]?.[column]);
  return new Tensor("float32", values, shape);
}
