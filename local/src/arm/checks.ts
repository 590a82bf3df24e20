import { isObject, objectAt } from "../common/json";
import type { Json } from "../common/json";
import { badRequest } from "./errors";
import type { Resource } from "./store";

/** How a check looks up other resources. */
export type Lookup = (id: string) => Resource | undefined;

/** Returns what a value must be, if it is not. */
export type Check = (value: unknown, lookup: Lookup) => string | undefined;

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const DURATION = /^P(?=.)(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$/;
const CIDR = /^(\d{1,3}\.){3}\d{1,3}\/\d{1,2}$/;

export const text = check("text", (value) => typeof value === "string" && value !== "");
export const bool = check("true or false", (value) => typeof value === "boolean");
export const object = check("an object", isObject);
export const guid = check("a GUID", isGuid);
export const duration = check("a duration in ISO 8601, such as PT5M", (value) => matches(value, DURATION));
export const addressPrefix = check("an address prefix, such as 10.0.0.0/16", (value) => matches(value, CIDR));

export function isGuid(value: unknown): value is string {
  return matches(value, GUID);
}

export function textOf(pattern: RegExp, allowed: string): Check {
  return check(allowed, (value) => matches(value, pattern));
}

export function integer(min: number, max: number): Check {
  return check(
    `a whole number from ${min} to ${max}`,
    (value) => Number.isInteger(value) && Number(value) >= min && Number(value) <= max,
  );
}

/** One of the allowed values, in any case. */
export function oneOf(...words: readonly string[]): Check {
  return check(
    `one of ${words.join(", ")}`,
    (value) => typeof value === "string" && words.some((word) => word.toLowerCase() === value.toLowerCase()),
  );
}

/** The id of a resource that exists. @param type lower case, as `Resource.type` */
export function idOf(type: string): Check {
  return (value, lookup) => {
    const found = typeof value === "string" ? lookup(value) : undefined;
    return found?.type === type ? undefined : `the id of an existing ${type}`;
  };
}

export const anyId: Check = (value, lookup) =>
  typeof value === "string" && lookup(value) !== undefined ? undefined : "the id of an existing resource";

export function optional(inner: Check): Check {
  return (value, lookup) => (value === undefined || value === null ? undefined : inner(value, lookup));
}

/** A list whose items all pass `item`. */
export function listOf(inner: Check, least = 0): Check {
  return (value, lookup) => {
    const atLeast = least === 0 ? "" : ` with at least ${least}`;
    if (!Array.isArray(value) || value.length < least) return `a list${atLeast}`;
    const problem = value.map((item: unknown) => inner(item, lookup)).find((found) => found !== undefined);
    return problem === undefined ? undefined : `a list of which each is ${problem}`;
  };
}

/** An object whose listed members pass. */
export function objectOf(members: Readonly<Record<string, Check>>): Check {
  return (value, lookup) => {
    if (!isObject(value)) return "an object";
    const problems = Object.entries(members).flatMap(([key, inner]) => problemOf(key, value[key], inner, lookup));
    return problems.length === 0 ? undefined : `an object whose ${problems.join(" and ")}`;
  };
}

/** Problems of a document's members, by path such as `properties.sku.name`. */
export function findProblems(document: Json, checks: Readonly<Record<string, Check>>, lookup: Lookup): string[] {
  const at = (path: string) =>
    path.split(".").reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), document);
  return Object.entries(checks).flatMap(([path, inner]) => problemOf(path, at(path), inner, lookup));
}

function problemOf(path: string, value: unknown, inner: Check, lookup: Lookup): string[] {
  const allowed = inner(value, lookup);
  return allowed === undefined ? [] : [`${path} must be ${allowed}${gotValue(value)}`];
}

function gotValue(value: unknown): string {
  if (value === undefined) return ", it is missing";
  const shown = JSON.stringify(value);
  return shown.length > 100 ? "" : `, got ${shown}`;
}

/** A predicate and its description. */
export function check(allowed: string, passes: (value: unknown) => boolean): Check {
  return (value) => (passes(value) ? undefined : allowed);
}

function matches(value: unknown, pattern: RegExp): boolean {
  return typeof value === "string" && pattern.test(value);
}

/** The body of a write, refused unless it has the properties that its type needs. */
export function requireProperties(body: unknown, required: readonly string[]): Json {
  const properties = objectAt(body, "properties");
  const missing = required.filter((key) => properties[key] === undefined || properties[key] === null);
  if (missing.length === 0) return properties;
  throw badRequest(
    "InvalidRequestContent",
    `Required properties are missing: ${missing.map((key) => `properties.${key}`).join(", ")}.`,
  );
}
