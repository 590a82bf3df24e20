import { isMap } from "../rollout/shape";
import type { Field, Param, Signature } from "./modelContract";

type Entries = Readonly<Record<string, unknown>>;

/** Reads a signature, in which MLflow writes inputs, outputs and params as JSON text. What cannot be read is undefined. */
export function readSignature({ inputs, outputs, params }: Entries): Signature {
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
