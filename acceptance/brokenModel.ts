import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { MODELS } from "../driver/paths";

const GREEN = join(MODELS, "green");

/** A folder with the signature and environment of the second model, whose container cannot start: no weights are in it. */
export function brokenModel(folder: string): string {
  const path = join(folder, "broken");
  cpSync(GREEN, path, { recursive: true });
  for (const file of ["model.pkl", "model.onnx"]) writeFileSync(join(path, file), "not a model\n");
  return path;
}
