import { isObject, objectAt } from "./body";
import { badRequest } from "./errors";
import type { ArmError } from "./errors";

export interface TemplateResource {
  readonly type: string;
  readonly apiVersion: string;
  readonly name: string;
  /** The body of the PUT. */
  readonly body: Record<string, unknown>;
}

const ENVELOPE = new Set(["type", "apiVersion", "name", "dependsOn", "comments", "metadata"]);
const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === "string",
  securestring: (value) => typeof value === "string",
  int: Number.isInteger,
  bool: (value) => typeof value === "boolean",
  array: Array.isArray,
  object: isObject,
  secureobject: isObject,
};
const ANSWERED_TYPES: Readonly<Record<string, string>> = {
  string: "String",
  securestring: "SecureString",
  int: "Int",
  bool: "Bool",
  array: "Array",
  object: "Object",
  secureobject: "SecureObject",
};

/**
 * Evaluates the part of the template language that is served here: parameters and access to their members. Anything else
 * is refused, never passed on as text.
 */
export function evaluateTemplate(template: unknown, given: unknown): readonly TemplateResource[] {
  if (!isObject(template) || !Array.isArray(template["resources"])) throw invalid("the template has no resources");
  if (typeof template["$schema"] !== "string" || typeof template["contentVersion"] !== "string") {
    throw invalid("the template needs $schema and contentVersion");
  }
  for (const key of ["variables", "functions", "outputs"]) {
    if (template[key] !== undefined) throw invalid(`'${key}' is not served by the local Azure ML`);
  }
  const parameters = bind(isObject(template["parameters"]) ? template["parameters"] : {}, isObject(given) ? given : {});
  return template["resources"].map((resource: unknown) => toResource(evaluate(resource, parameters)));
}

/** Parameters as ARM answers them: with their declared types, and without the values of secure ones. */
export function answeredParameters(template: unknown, given: unknown): Record<string, unknown> {
  const entries = Object.entries(objectAt(template, "parameters")).map(([name, declaration]): [string, unknown] => {
    const { type, defaultValue } = isObject(declaration) ? declaration : {};
    const answered = { type: ANSWERED_TYPES[String(type).toLowerCase()] };
    const parameter = objectAt(given, name);
    const value = "value" in parameter ? parameter["value"] : defaultValue;
    return [name, isSecure(type) ? answered : { ...answered, value }];
  });
  return Object.fromEntries(entries);
}

/** The body of a template deployment with the values of secure parameters masked. */
export function withoutSecureValues(body: unknown): unknown {
  const properties = objectAt(body, "properties");
  const declared = objectAt(properties["template"], "parameters");
  const given = objectAt(properties, "parameters");
  const secure = Object.keys(given).filter((name) => isSecure(objectAt(declared, name)["type"]));
  if (!isObject(body) || secure.length === 0) return body;
  const masked = Object.fromEntries(secure.map((name) => [name, { value: "***" }]));
  return { ...body, properties: { ...properties, parameters: { ...given, ...masked } } };
}

function isSecure(type: unknown): boolean {
  return /^secure/i.test(String(type));
}

function bind(declared: Record<string, unknown>, given: Record<string, unknown>): ReadonlyMap<string, unknown> {
  const extra = Object.keys(given).filter((name) => declared[name] === undefined);
  if (extra.length > 0) throw invalid(`the parameters ${extra.join(", ")} are not declared in the template`);
  const values = Object.entries(declared).map(([name, declaration]): [string, unknown] => {
    const { type, defaultValue } = isObject(declaration) ? declaration : {};
    const parameter = given[name];
    const value = isObject(parameter) && "value" in parameter ? parameter["value"] : defaultValue;
    if (value === undefined) throw invalid(`the value of parameter '${name}' is not provided`);
    const check = TYPES[String(type).toLowerCase()];
    if (check === undefined) throw invalid(`parameter '${name}' has the unknown type '${String(type)}'`);
    if (!check(value)) throw invalid(`parameter '${name}' is not of type '${String(type)}'`);
    return [name.toLowerCase(), value];
  });
  return new Map(values);
}

function evaluate(value: unknown, parameters: ReadonlyMap<string, unknown>): unknown {
  if (typeof value === "string") return evaluateText(value, parameters);
  if (Array.isArray(value)) return value.map((inner) => evaluate(inner, parameters));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, evaluate(inner, parameters)]));
}

function evaluateText(text: string, parameters: ReadonlyMap<string, unknown>): unknown {
  if (text.startsWith("[[")) return text.slice(1);
  if (!text.startsWith("[") || !text.endsWith("]")) return text;
  const [, name = "", members = ""] = /^\[\s*parameters\('([^']+)'\)((?:\.\w+|\['[^']+'\])*)\s*\]$/i.exec(text) ?? [];
  if (name === "")
    throw invalid(
      `the expression '${text}' is not served by the local Azure ML; it knows parameters('x') and members of it`,
    );
  const key = name.toLowerCase();
  if (!parameters.has(key)) throw invalid(`the template parameter '${name}' is not found`);
  const path = [...members.matchAll(/\.(\w+)|\['([^']+)'\]/g)].map(([, dotted, quoted]) => dotted ?? quoted ?? "");
  return path.reduce<unknown>((inner, member) => {
    if (isObject(inner) && inner[member] !== undefined) return inner[member];
    throw invalid(`the expression '${text}' has no member '${member}'`);
  }, parameters.get(key));
}

function toResource(resource: unknown): TemplateResource {
  const { type, apiVersion, name } = isObject(resource) ? resource : {};
  if (typeof type !== "string" || typeof apiVersion !== "string" || typeof name !== "string") {
    throw invalid("a resource of the template needs type, apiVersion and name");
  }
  for (const key of ["condition", "copy", "scope"]) {
    if (isObject(resource) && resource[key] !== undefined)
      throw invalid(`'${key}' of a resource is not served by the local Azure ML`);
  }
  if (type.split("/").length !== name.split("/").length + 1) {
    throw invalid(`the resource '${name}' of type '${type}' has incorrect segment lengths`);
  }
  const body = Object.fromEntries(
    Object.entries(isObject(resource) ? resource : {}).filter(([key]) => !ENVELOPE.has(key)),
  );
  return { type, apiVersion, name, body };
}

function invalid(reason: string): ArmError {
  return badRequest("InvalidTemplate", `Deployment template validation failed: '${reason}'.`);
}
