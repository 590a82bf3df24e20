import { isObject } from "./body";
import { badRequest } from "./errors";
import type { ArmError } from "./errors";

export interface TemplateResource {
  readonly type: string;
  readonly apiVersion: string;
  readonly name: string;
  /** The body of the PUT. */
  readonly body: Record<string, unknown>;
}

const ENVELOPE = new Set(["type", "apiVersion", "name", "dependsOn", "condition", "comments", "scope", "metadata"]);
const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === "string",
  securestring: (value) => typeof value === "string",
  int: Number.isInteger,
  bool: (value) => typeof value === "boolean",
  array: Array.isArray,
  object: isObject,
  secureobject: isObject,
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
  for (const key of ["variables", "functions"]) {
    if (template[key] !== undefined) throw invalid(`'${key}' is not served by the local Azure ML`);
  }
  const parameters = bind(isObject(template["parameters"]) ? template["parameters"] : {}, isObject(given) ? given : {});
  return template["resources"].map((resource: unknown) => toResource(evaluate(resource, parameters)));
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
