import { join } from "node:path";

/** The repository. */
export const ROOT = join(__dirname, "..");
/** What stands beside the repository: specifications and data, where somebody has put them. */
export const SHARED = join(ROOT, "..", "shared");
export const DOCS = join(ROOT, "docs");
/** The project of the example, with its models. */
export const EXAMPLE = join(ROOT, "examples", "heart-classifier");
export const MODELS = join(EXAMPLE, "models");
/** The command `mlflow-rollout`, for Node. */
export const COMMAND = join(ROOT, "bin", "mlflow-rollout.js");
