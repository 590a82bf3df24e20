import { badRequest } from "./errors";
import type { Json } from "../common/json";
import { objectAt, textAt } from "../common/json";

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
