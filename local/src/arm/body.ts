import { badRequest } from "./errors";

export type Json = Record<string, unknown>;

/** An object member, or an empty object when there is none. */
export function objectAt(value: unknown, key: string): Json {
  const inner = isObject(value) ? value[key] : undefined;
  return isObject(inner) ? inner : {};
}

export function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function textAt(value: unknown, key: string): string | undefined {
  const inner = isObject(value) ? value[key] : undefined;
  return typeof inner === "string" ? inner : undefined;
}

/** A value of a request as it may be shown or compared: text as it is, anything else as JSON. */
export function shown(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "undefined");
}

/** The body of a write with the properties that its type needs. */
export function requireProperties(body: unknown, required: readonly string[]): Json {
  const properties = objectAt(body, "properties");
  const missing = required.filter((key) => properties[key] === undefined || properties[key] === null);
  if (missing.length === 0) return properties;
  throw badRequest(
    "InvalidRequestContent",
    `Required properties are missing: ${missing.map((key) => `properties.${key}`).join(", ")}.`,
  );
}

/** Location names are the same in any case and with or without blanks. */
export function normalLocation(location: string): string {
  return location.toLowerCase().replaceAll(" ", "");
}

export function requireLocation(body: unknown): string {
  const location = textAt(body, "location");
  if (location === undefined || location === "") {
    throw badRequest("LocationRequired", "The location property is required for this definition.");
  }
  return normalLocation(location);
}
