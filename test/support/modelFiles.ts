import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Answer, AzureClient } from "../../driver/azureClient";
import { WORKSPACE, defaultContainer, modelBody } from "../../driver/heartWorkspace";
import { ROOT } from "../../driver/paths";

/** Contents of a model's files by their path in its folder. */
export type ModelFiles = Readonly<Record<string, string | Buffer>>;

export const MODELS = join(ROOT, "examples", "heart-classifier", "models");

/** A committed model without its ONNX flavour: what MLflow itself saves. */
export function withoutOnnx(name: "blue" | "green"): ModelFiles {
  const folder = join(MODELS, name);
  const names = readdirSync(folder).filter((file) => file !== "model.onnx");
  const files = Object.fromEntries(names.map((file) => [file, readFileSync(join(folder, file))]));
  const text = String(files["MLmodel"]);
  const without = text.replace(/^ {2}onnx:\n(?: {4}.*\n)+/m, "");
  if (without.length === text.length) throw new Error(`no onnx flavour in MLmodel of ${name}`);
  return { ...files, MLmodel: without };
}

/** A model of one Python module with `_load_pyfunc`, whose one input is the column `value` unless `inputs` says else. */
export function pythonModel(module: string, inputs: readonly object[] | undefined = [LONG]): ModelFiles {
  const signature = `signature:\n  inputs: '${JSON.stringify(inputs)}'\n`;
  const flavour = "flavors:\n  python_function:\n    loader_module: scored\n    code: code\n";
  return { MLmodel: flavour + (inputs.length === 0 ? "" : signature), "code/scored.py": module };
}
const LONG = { type: "long", name: "value", required: true };

/** Uploads the files of a model and registers it as a version of `heart-classifier`. */
export async function registerFiles(azure: AzureClient, version: string, files: ModelFiles): Promise<Answer> {
  const container = await defaultContainer(azure);
  for (const [path, content] of Object.entries(files)) {
    await container.getBlockBlobClient(`models/${version}/${path}`).uploadData(Buffer.from(content));
  }
  return azure.arm("PUT", `${WORKSPACE}/models/heart-classifier/versions/${version}`, modelBody(azure, version));
}
