/** Properties of a resource as the engine sends them. */
export interface Values {
  [key: string]: unknown;
}

/** How the engine writes a value that a preview does not know yet. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

export function isValues(value: unknown): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function hasUnknown(value: unknown): boolean {
  return JSON.stringify(value)?.includes(UNKNOWN) ?? false;
}

/** Without members that are null, as azure-native hands values over; items of lists stay. */
export function withoutNulls<T>(value: T): T {
  if (Array.isArray(value)) return value.map((item: unknown) => withoutNulls(item)) as T;
  if (!isValues(value)) return value;
  const entries = Object.entries(value).filter(([, member]) => member !== null);
  return Object.fromEntries(entries.map(([key, member]) => [key, withoutNulls(member)])) as T;
}

/** Plain JSON without `undefined`, which the protocol cannot carry. */
export function plainJson(values: Values): Values {
  return JSON.parse(JSON.stringify(values)) as Values;
}

/** A value that the engine keeps encrypted. */
export function secret(value: unknown): Values {
  return { [SIGNATURE]: SECRET, value };
}

export function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
