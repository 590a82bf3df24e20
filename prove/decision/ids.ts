/** Ids by object, so repeated lookups are fast. */
const byObject = new WeakMap<object, number>();
const byText = new Map<string, number>();

/** A number that is the same for deeply equal values, in any key order. Values must not change. */
export function idOfValue(value: object): number {
  const known = byObject.get(value);
  if (known !== undefined) return known;
  const id = idOfText(textOf(value));
  byObject.set(value, id);
  return id;
}

/** A key that is the same for the same values in the same order. */
export function keyOfAll(values: readonly unknown[]): string {
  let key = "";
  for (const value of values) key += `${part(value)},`;
  return key;
}

function textOf(value: object): string {
  if (value instanceof Date) return String(value.getTime());
  const inner = value as Readonly<Record<string, unknown>>;
  let text = "";
  for (const key of Object.keys(value).toSorted()) text += `${key}:${part(inner[key])},`;
  return `{${text}}`;
}

function part(value: unknown): string {
  if (typeof value === "string") return `"${value}"`;
  if (Array.isArray(value)) return `[${keyOfAll(value)}]`;
  return typeof value === "object" && value !== null ? `#${idOfValue(value)}` : String(value);
}

function idOfText(text: string): number {
  const known = byText.get(text);
  if (known !== undefined) return known;
  byText.set(text, byText.size);
  return byText.size - 1;
}
