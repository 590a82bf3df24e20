import type { ProgressiveMlflowEndpointArgs } from "../../components/args";
import { checkArgs } from "../../components/checks/checkArgs";
import type { FileProbe } from "../../components/checks/checkModel";
import { linesOf } from "./linesOf";

/** A disk with two model folders and one that is none. */
export const FILES: FileProbe = {
  isFolder: (path) => ["models/blue", "models/green", "models/none"].includes(path),
  isFile: (path) => ["models/blue/MLmodel", "models/green/MLmodel"].includes(path),
  readText: (path) => (path.endsWith("/MLmodel") ? "flavors: { python_function: {} }" : undefined),
};

export const VALID: ProgressiveMlflowEndpointArgs = {
  resourceGroupName: "rg-heart",
  model: { name: "heart-classifier", versions: { "1": { path: "models/blue" }, "2": { path: "models/green" } } },
  deployments: { default: { modelVersion: "1" }, "xgboost-model-2": { modelVersion: "2" } },
  traffic: { default: 90, "xgboost-model-2": 10 },
};

/** What is said about valid arguments with `change`, which may be what no compiler lets through. */
export function problemsWith(change: Readonly<Record<string, unknown>>, now?: string): readonly string[] {
  return linesOf(checkArgs({ ...VALID, ...change }, FILES, now));
}
