import { isMap } from "../../components/values/shape";

/** A value of each scalar type of a column in a signature. */
const SCALARS: Readonly<Record<string, unknown>> = {
  long: 0,
  integer: 0,
  double: 0.5,
  float: 0.5,
  boolean: true,
  string: "text",
  datetime: "2026-01-01T00:00:00",
  binary: "",
};

/** A larger tensor, such as an image, makes an unreadable request. */
const MOST_ELEMENTS = 4096;

/**
 * A valid value for a column of a signature, nested types included.
 *
 * @returns undefined for an unknown type
 */
export function columnValue(entry: unknown): unknown {
  if (!isMap(entry)) return SCALARS[String(entry)];
  const { type, items, values, properties } = entry;
  if (type === "array") return listOf(columnValue(items));
  if (type === "map") return wrap(columnValue(values), (value) => ({ key: value }));
  if (type === "object" && isMap(properties)) {
    const entries = Object.entries(properties).map(([name, property]) => [name, columnValue(property)] as const);
    return entries.some(([, value]) => value === undefined) ? undefined : Object.fromEntries(entries);
  }
  return SCALARS[String(type)];
}

/**
 * A tensor of a signature's shape, with 1 where any size will do.
 *
 * @returns undefined when it is too large or its type is unknown
 */
export function tensorValue({ dtype, shape }: Readonly<Record<string, unknown>>): unknown {
  if (!Array.isArray(shape) || !shape.every((size) => Number.isInteger(size))) return undefined;
  const sizes = shape.map((size: number) => (size < 0 ? 1 : size));
  if (sizes.reduce((product, size) => product * size, 1) > MOST_ELEMENTS) return undefined;
  const element = elementOf(String(dtype));
  if (element === undefined) return undefined;
  return sizes.toReversed().reduce<unknown>((inner, size) => Array.from({ length: size }, () => inner), element);
}

function elementOf(dtype: string): unknown {
  if (/^(u?int|float)\d+$/.test(dtype)) return 0;
  if (dtype === "bool") return false;
  return /^(str|object|<U)/.test(dtype) ? "text" : undefined;
}

function listOf(value: unknown): unknown {
  return wrap(value, (each) => [each]);
}

function wrap(value: unknown, make: (value: unknown) => unknown): unknown {
  return value === undefined ? undefined : make(value);
}
