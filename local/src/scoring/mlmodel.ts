import { parse } from "yaml";

/** A column of a model's input, as its signature names it. */
export interface Column {
  readonly name: string;
  /** MLflow's name of the type: `long`, `double`, `string`, ... */
  readonly type: string;
  readonly required: boolean;
}

export interface MlModel {
  /** File of the ONNX flavour, when there is one. */
  readonly onnxFile: string | undefined;
  /** The columns, or undefined for a model without a column signature. */
  readonly columns: readonly Column[] | undefined;
}

/** A model that cannot be loaded. */
export class ModelLoadError extends Error {}

/** Reads the parts of an `MLmodel` file that scoring needs. */
export function parseMlModel(text: string): MlModel {
  const document = parseYaml(text);
  const flavours = objectOf(document["flavors"]);
  if (Object.keys(flavours).length === 0) throw new ModelLoadError("MLmodel has no flavors");
  if (flavours["python_function"] === undefined) {
    throw new ModelLoadError(
      "MLmodel has no python_function flavor, which a deployment without a scoring script needs",
    );
  }
  const onnxFile = objectOf(flavours["onnx"])["data"];
  return {
    onnxFile: typeof onnxFile === "string" ? onnxFile : undefined,
    columns: parseColumns(objectOf(document["signature"])["inputs"]),
  };
}

function parseYaml(text: string): Record<string, unknown> {
  try {
    return objectOf(parse(text));
  } catch (error) {
    throw new ModelLoadError(
      `MLmodel is not YAML: ${error instanceof Error ? (error.message.split("\n")[0] ?? "") : ""}`,
    );
  }
}

/** MLflow writes the inputs as JSON text inside the YAML. */
function parseColumns(inputs: unknown): readonly Column[] | undefined {
  if (typeof inputs !== "string") return undefined;
  const entries: unknown = JSON.parse(inputs);
  if (!Array.isArray(entries) || entries.some((entry) => objectOf(entry)["type"] === "tensor")) return undefined;
  return entries.map((entry, index) => {
    const { name, type, required } = objectOf(entry);
    return { name: typeof name === "string" ? name : String(index), type: String(type), required: required !== false };
  });
}

function objectOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

/** The files of a registered model version. */
export interface ModelFiles {
  readonly paths: readonly string[];
  read(path: string): Promise<Uint8Array>;
}
