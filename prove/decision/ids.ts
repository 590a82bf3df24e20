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
  return values.map(part).join();
}

function textOf(value: object): string {
  if (value instanceof Date) return String(value.getTime());
  const entries = Object.entries(value).map(([key, inner]) => `${key}:${part(inner)}`);
  return `{${entries.toSorted().join()}}`;
}

function part(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(part).join()}]`;
  return typeof value === "object" && value !== null ? `#${idOfValue(value)}` : `${typeof value}=${String(value)}`;
}

function idOfText(text: string): number {
  const known = byText.get(text);
  if (known !== undefined) return known;
  byText.set(text, byText.size);
  return byText.size - 1;
}
