import { parse } from "yaml";
import { isMap } from "../rollout/shape";
import type { ModelContract } from "./modelContract";
import { readSignature } from "./readSignature";

/** The flavour that the scoring script of a deployment without code loads. */
const PYFUNC = "python_function";

/** What is wrong with an `MLmodel` file, in words that follow its path. */
export class MlModelError extends Error {}

/**
 * Reads the text of an `MLmodel` file.
 *
 * @throws MlModelError when no deployment without a scoring script can be made from it
 */
export function readMlModel(text: string): ModelContract {
  const { flavors, signature } = mapOf(readYaml(text));
  const pyfunc = mapOf(flavors)[PYFUNC];
  if (!isMap(pyfunc)) {
    throw new MlModelError(
      "has no python_function flavor, which Azure's scoring script loads; save the model with MLflow's save_model or log_model",
    );
  }
  const { python_version: pythonVersion, env } = pyfunc;
  const condaFile = isMap(env) ? env["conda"] : env;
  return {
    flavours: Object.keys(mapOf(flavors))
      .filter((flavour) => flavour !== PYFUNC)
      .toSorted(),
    pythonVersion: typeof pythonVersion === "string" ? pythonVersion : undefined,
    signature: isMap(signature) ? readSignature(signature) : undefined,
    condaFile: typeof condaFile === "string" ? condaFile : undefined,
  };
}

function readYaml(text: string): unknown {
  try {
    // All scalars stay text: a version such as 3.10 is no number.
    return parse(text, { schema: "failsafe" });
  } catch (error) {
    const [reason = ""] = error instanceof Error ? error.message.split("\n") : [];
    throw new MlModelError(`is no YAML (${reason.replace(/:$/, "")}); save the model again`);
  }
}

function mapOf(value: unknown): Readonly<Record<string, unknown>> {
  return isMap(value) ? value : {};
}
