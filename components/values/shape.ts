import { nearest } from "./nearest";
import type { Violation } from "./violation";

export function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The entry of a map under a user-chosen name, never an inherited one such as `constructor`. */
export function entryOf<T>(map: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(map, name) ? map[name] : undefined;
}

/** Unknown settings, such as misspelt ones, which would otherwise be ignored silently. */
export function checkKeys(path: string, value: object, allowed: readonly string[]): Violation[] {
  const given = Object.entries(value).filter(([, inner]) => inner !== undefined);
  const unknown = given.map(([key]) => key).filter((key) => !allowed.includes(key));
  return unknown.map((key) => {
    const meant = nearest(key, allowed);
    const use = meant === undefined ? `use ${allowed.join(", ")}` : `did you mean ${meant}?`;
    return { path: path === "" ? key : `${path}.${key}`, reason: `no such setting; ${use}` };
  });
}

export function at(value: unknown, keys: readonly string[]): unknown {
  return keys.reduce<unknown>(
    (inner, key) => (typeof inner === "object" && inner !== null ? (inner as Record<string, unknown>)[key] : undefined),
    value,
  );
}
