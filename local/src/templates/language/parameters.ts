import { isObject, objectAt, toText } from "../../common/json";
import type { Json } from "../../common/json";
import { evaluate, invalidTemplate } from "./evaluate";
import type { Functions } from "./evaluate";

/** Types of the template language: as they are answered, and their values. */
const TYPES: ReadonlyMap<string, readonly [answered: string, check: (value: unknown) => boolean]> = new Map([
  ["string", ["String", (value) => typeof value === "string"]],
  ["securestring", ["SecureString", (value) => typeof value === "string"]],
  ["int", ["Int", Number.isInteger]],
  ["bool", ["Bool", (value) => typeof value === "boolean"]],
  ["array", ["Array", Array.isArray]],
  ["object", ["Object", isObject]],
  ["secureobject", ["SecureObject", isObject]],
]);
const LIMITS: Readonly<Record<string, (value: unknown, limit: number) => boolean>> = {
  minValue: (value, limit) => Number(value) >= limit,
  maxValue: (value, limit) => Number(value) <= limit,
  minLength: (value, limit) => lengthOf(value) >= limit,
  maxLength: (value, limit) => lengthOf(value) <= limit,
};
const MEMBERS = new Set(["type", "defaultValue", "allowedValues", "metadata", ...Object.keys(LIMITS)]);

/** The values of the declared parameters, by lower-case name. */
export function bindParameters(declared: Json, given: Json, functions: Functions): ReadonlyMap<string, unknown> {
  const names = new Set(Object.keys(declared).map((name) => name.toLowerCase()));
  const extra = Object.keys(given).filter((name) => !names.has(name.toLowerCase()));
  if (extra.length > 0) throw invalidTemplate(`the parameters ${extra.join(", ")} are not declared in the template`);
  const bound = new Map<string, unknown>();
  const inDefaults: Functions = {
    ...functions,
    parameters: ([name]) => (typeof name === "string" ? bound.get(name.toLowerCase()) : undefined),
  };
  for (const [name, declaration] of Object.entries(declared)) {
    const rules = isObject(declaration) ? declaration : {};
    const unknown = Object.keys(rules).find((key) => !MEMBERS.has(key));
    if (unknown !== undefined) throw invalidTemplate(`'${unknown}' of a parameter is not served by the local Azure ML`);
    const value = valueOf(given, name) ?? evaluate(rules["defaultValue"], inDefaults);
    if (value === undefined) throw invalidTemplate(`the value of parameter '${name}' is not provided`);
    checkType(`parameter '${name}'`, rules["type"], value);
    checkLimits(name, rules, value);
    bound.set(name.toLowerCase(), value);
  }
  return bound;
}

/** Parameters as ARM answers them: with their declared types, and without the values of secure ones. */
export function answeredParameters(template: unknown, given: unknown): Json {
  const entries = Object.entries(objectAt(template, "parameters")).map(([name, declaration]): [string, unknown] => {
    const { type, defaultValue } = isObject(declaration) ? declaration : {};
    const answered = { type: answeredType(type) };
    const value = valueOf(isObject(given) ? given : {}, name) ?? defaultValue;
    return [name, isSecure(type) ? answered : { ...answered, value }];
  });
  return Object.fromEntries(entries);
}

export function answeredType(type: unknown): string | undefined {
  return TYPES.get(toText(type).toLowerCase())?.[0];
}

export function isSecure(type: unknown): boolean {
  return /^secure/i.test(toText(type));
}

export function checkType(what: string, type: unknown, value: unknown): void {
  const [, check] = TYPES.get(toText(type).toLowerCase()) ?? [];
  if (check === undefined) throw invalidTemplate(`${what} has the unknown type '${toText(type)}'`);
  if (!check(value)) throw invalidTemplate(`${what} is not of type '${toText(type)}'`);
}

function valueOf(given: Json, name: string): unknown {
  const key = Object.keys(given).find((other) => other.toLowerCase() === name.toLowerCase());
  const parameter = key === undefined ? undefined : given[key];
  if (isObject(parameter) && "reference" in parameter)
    throw invalidTemplate(`'reference' of the parameter '${name}' is not served by the local Azure ML`);
  return isObject(parameter) && "value" in parameter ? parameter["value"] : undefined;
}

function checkLimits(name: string, rules: Json, value: unknown): void {
  const allowed = rules["allowedValues"];
  const texts = Array.isArray(allowed) ? allowed.map((each) => JSON.stringify(each)) : undefined;
  if (texts !== undefined && !texts.includes(JSON.stringify(value))) {
    throw invalidTemplate(`the value of parameter '${name}' is not one of the allowed ones: ${texts.join(", ")}`);
  }
  for (const [key, passes] of Object.entries(LIMITS)) {
    const limit = rules[key];
    if (typeof limit === "number" && !passes(value, limit))
      throw invalidTemplate(`the value of parameter '${name}' is outside its ${key} ${limit}`);
  }
}

function lengthOf(value: unknown): number {
  return typeof value === "string" || Array.isArray(value) ? value.length : Number.NaN;
}
