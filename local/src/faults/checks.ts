import { isObject } from "../common/json";

/** Every problem with a value, each with its path. */
export type Check = (value: unknown, path: string) => readonly string[];

export function integer(min: number, max: number): Check {
  return checkThat(
    (value) => typeof value === "number" && Number.isInteger(value) && value >= min && value <= max,
    `a whole number from ${min} to ${max}`,
  );
}

export function positiveNumber(max: number): Check {
  return checkThat(
    (value) => typeof value === "number" && value > 0 && value <= max,
    `a number above 0, at most ${max}`,
  );
}

export function oneOf(...allowed: readonly string[]): Check {
  return checkThat(
    (value) => typeof value === "string" && allowed.includes(value),
    allowed.map(valueText).join(" or "),
  );
}

export const text: Check = checkThat((value) => typeof value === "string" && value !== "", "text that is not empty");

export const onlyTrue: Check = checkThat((value) => value === true, "true");

export const anything: Check = () => [];

/** Valid header names and values. */
export const headers: Check = checkThat(
  (value) => isObject(value) && Object.entries(value).every(([name, inner]) => isHeader(name, inner)),
  'an object of header names and texts, such as {"retry-after": "1"}',
);

export function optional(inner: Check): Check {
  return (value, path) => (value === undefined ? [] : inner(value, path));
}

/** An object with exactly these members. */
export function objectWith(checks: Readonly<Record<string, Check>>): Check {
  const names = Object.keys(checks).join(", ");
  return (value, path) => {
    if (!isObject(value)) return [`${path} must be an object with ${names}; got ${valueText(value)}`];
    const known = Object.entries(checks).flatMap(([key, inner]) => inner(value[key], member(path, key)));
    const unknown = Object.keys(value).filter((key) => !Object.hasOwn(checks, key));
    return [...known, ...unknown.map((key) => `${member(path, key)} is not known; use ${names}`)];
  };
}

/** An object with exactly one of these members. */
export function exactlyOne(checks: Readonly<Record<string, Check>>): Check {
  const names = Object.keys(checks).join(", ");
  return (value, path) => {
    const keys = isObject(value) ? Object.keys(value) : [];
    const [key = ""] = keys;
    if (!isObject(value) || keys.length !== 1)
      return [`${path} must be an object with one of ${names}; got ${valueText(value)}`];
    const found = Object.hasOwn(checks, key) ? checks[key] : undefined;
    return found?.(value[key], member(path, key)) ?? [`${member(path, key)} is not known; use one of ${names}`];
  };
}

export function checkThat(accepts: (value: unknown) => boolean, allowed: string): Check {
  return (value, path) => (accepts(value) ? [] : [`${path} must be ${allowed}; got ${valueText(value)}`]);
}

/** A value for a message, cut to a readable length. */
export function valueText(value: unknown): string {
  const json = JSON.stringify(value) ?? "nothing";
  return json.length > 80 ? `${json.slice(0, 77)}...` : json;
}

function member(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}

function isHeader(name: string, value: unknown): boolean {
  return /^[\w!#$%&'*+.^`|~-]+$/.test(name) && typeof value === "string" && /^[\t\x20-\x7e]*$/.test(value);
}
