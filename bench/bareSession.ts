import { readFileSync } from "node:fs";
import { join } from "node:path";
import { env, InferenceSession, Tensor } from "onnxruntime-web";
import { SAMPLE_REQUEST } from "../driver/heartWorkspace";
import { MODELS } from "../driver/paths";

/** The sample request on a committed model and nothing around it: the tensors are made once. */
export async function openBareSession(model: "blue" | "green"): Promise<() => Promise<unknown>> {
  env.wasm.numThreads = 1;
  env.logLevel = "error";
  const session = await InferenceSession.create(readFileSync(join(MODELS, model, "model.onnx")));
  const { columns, data } = (JSON.parse(SAMPLE_REQUEST) as { input_data: Frame }).input_data;
  const types = new Map(session.inputMetadata.flatMap((input) => (input.isTensor ? [[input.name, input.type]] : [])));
  const feeds = columns.map((name, at): [string, Tensor] => {
    const values = data.map((row) => row[at] ?? 0);
    return [name, toTensor(types.get(name) ?? "", values)];
  });
  const inputs = Object.fromEntries(feeds);
  const outputs = session.outputNames.slice(0, 1);
  return () => session.run(inputs, outputs);
}

interface Frame {
  readonly columns: readonly string[];
  readonly data: readonly (readonly (string | number)[])[];
}

function toTensor(type: string, values: readonly (string | number)[]): Tensor {
  const shape = [values.length, 1];
  if (type === "string") return new Tensor("string", values.map(String), shape);
  if (type === "int64") return new Tensor("int64", BigInt64Array.from(values, BigInt), shape);
  return new Tensor("float32", Float32Array.from(values, Number), shape);
}
