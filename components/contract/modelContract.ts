import { isMap } from "../values/shape";
import { parseYaml } from "../values/parseYaml";

/** One input or output of a model: a column, or a tensor when it has a shape. */
export interface Field {
  /** Undefined when the signature has none; the position counts then. */
  readonly name: string | undefined;
  /** MLflow's name of a column's type, such as `long` or `array of string`; numpy's name of a tensor's, such as `int64`. */
  readonly type: string;
  readonly required: boolean;
  /** Sizes of a tensor, -1 for any. */
  readonly shape: readonly number[] | undefined;
}

/** An inference parameter: a value that a request may give besides the inputs. */
export interface Param {
  readonly name: string;
  readonly type: string;
  readonly isList: boolean;
  /** As JSON. */
  readonly default: string;
}

/** A model's declared inputs, outputs and parameters; undeclared parts are undefined. */
export interface Signature {
  readonly inputs: readonly Field[] | undefined;
  readonly outputs: readonly Field[] | undefined;
  readonly params: readonly Param[];
}

/** What callers of a deployment rely on, read from its model's `MLmodel` file. */
export interface ModelContract {
  /** The flavours besides `python_function`, sorted. */
  readonly flavours: readonly string[];
  /** Such as `3.11.7`. */
  readonly pythonVersion: string | undefined;
  readonly signature: Signature | undefined;
  /** Path of the conda file in the model's folder. */
  readonly condaFile: string | undefined;
}

type Entries = Readonly<Record<string, unknown>>;

/** Reads a signature, which holds inputs, outputs and params as JSON text. Unreadable parts are undefined. */
function readSignature({ inputs, outputs, params }: Entries): Signature {
  return {
    inputs: listOf(inputs)?.map(readField),
    outputs: listOf(outputs)?.map(readField),
    params: (listOf(params) ?? []).map(readParam),
  };
}

function listOf(text: unknown): readonly Entries[] | undefined {
  if (typeof text !== "string") return undefined;
  try {
    const entries: unknown = JSON.parse(text);
    return Array.isArray(entries) && entries.length > 0 ? entries.filter(isMap) : undefined;
  } catch {
    return undefined;
  }
}

function readField(entry: Entries): Field {
  const name = typeof entry["name"] === "string" ? entry["name"] : undefined;
  const tensor = entry["tensor-spec"];
  if (isMap(tensor)) {
    const { dtype, shape } = tensor;
    const sizes = Array.isArray(shape) ? shape.filter((size) => typeof size === "number") : [];
    return { name, type: String(dtype), required: true, shape: sizes };
  }
  return { name, type: describeType(entry), required: entry["required"] !== false, shape: undefined };
}

function readParam(entry: Entries): Param {
  return {
    name: String(entry["name"]),
    type: describeType(entry),
    isList: Array.isArray(entry["shape"]),
    default: JSON.stringify(entry["default"] ?? null),
  };
}

/** Nested types in words, the same for the same type: `array of object {city string, zip string optional}`. */
function describeType(entry: unknown): string {
  if (!isMap(entry)) return String(entry);
  const { type, items, values, properties } = entry;
  if (type === "array") return `array of ${describeType(items)}`;
  if (type === "map") return `map of ${describeType(values)}`;
  if (type !== "object" || !isMap(properties)) return String(type);
  const parts = Object.entries(properties).map(([name, property]) => {
    const optional = isMap(property) && property["required"] === false ? " optional" : "";
    return `${name} ${describeType(property)}${optional}`;
  });
  return `object {${parts.toSorted().join(", ")}}`;
}

/** The flavour that the scoring script of a deployment without code loads. */
const PYFUNC = "python_function";

/** What is wrong with an `MLmodel` file, worded to follow its path. */
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
    return parseYaml(text);
  } catch (error) {
    const [reason = ""] = error instanceof Error ? error.message.split("\n") : [];
    throw new MlModelError(`is not YAML (${reason.replace(/:$/, "")}); save the model again`);
  }
}

function mapOf(value: unknown): Readonly<Record<string, unknown>> {
  return isMap(value) ? value : {};
}
