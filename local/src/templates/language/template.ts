import { isObject, objectAt } from "../../common/json";
import type { Json } from "../../common/json";
import { evaluate, invalidTemplate } from "./evaluate";
import type { Functions } from "./evaluate";
import { templateFunctions } from "./functions";
import type { DeploymentScope, TemplateFunction } from "./functions";
import { answeredType, bindParameters, checkType, isSecure } from "./parameters";
import { readResources } from "./resources";
import type { TemplateResource } from "./resources";

/** A template with nothing left to evaluate. */
export interface EvaluatedTemplate {
  /** In an order that obeys `dependsOn`. */
  readonly resources: readonly TemplateResource[];
  /** As they are answered: without the values of secure ones. */
  readonly outputs: Readonly<Record<string, object>>;
}

const MEMBERS = new Set(["$schema", "contentVersion", "parameters", "variables", "resources", "outputs", "metadata"]);

/**
 * Evaluates the part of the template language that is served here: parameters, variables, outputs and the functions that
 * need no other resource. Anything else is refused by name.
 *
 * @param given the `parameters` of the deployment
 */
export function evaluateTemplate(template: unknown, given: unknown, scope: DeploymentScope): EvaluatedTemplate {
  if (!isObject(template) || !Array.isArray(template["resources"]))
    throw invalidTemplate("the template has no resources");
  if (typeof template["$schema"] !== "string" || typeof template["contentVersion"] !== "string") {
    throw invalidTemplate("the template needs $schema and contentVersion");
  }
  const unknown = Object.keys(template).find((key) => !MEMBERS.has(key));
  if (unknown !== undefined) throw invalidTemplate(`'${unknown}' is not served by the local Azure ML`);
  const functions = functionsOf(template, given, scope);
  return {
    resources: readResources(template["resources"], functions, scope),
    outputs: outputsOf(objectAt(template, "outputs"), functions),
  };
}

/** The body of a template deployment with the values of secure parameters masked. */
export function withoutSecureValues(body: unknown): unknown {
  const properties = objectAt(body, "properties");
  const declared = objectAt(properties["template"], "parameters");
  const given = objectAt(properties, "parameters");
  const secure = Object.keys(given).filter((name) => {
    const declaration = Object.keys(declared).find((other) => other.toLowerCase() === name.toLowerCase());
    return declaration !== undefined && isSecure(objectAt(declared, declaration)["type"]);
  });
  if (!isObject(body) || secure.length === 0) return body;
  const masked = Object.fromEntries(secure.map((name) => [name, { value: "***" }]));
  return { ...body, properties: { ...properties, parameters: { ...given, ...masked } } };
}

function functionsOf(template: Json, given: unknown, scope: DeploymentScope): Functions {
  const basic = templateFunctions(scope);
  const parameters = bindParameters(objectAt(template, "parameters"), isObject(given) ? given : {}, basic);
  const variables = objectAt(template, "variables");
  if (Object.keys(variables).some((name) => name.toLowerCase() === "copy")) {
    throw invalidTemplate("'copy' of variables is not served by the local Azure ML");
  }
  const open = new Set<string>();
  const read: TemplateFunction = ([name, ...rest]) => {
    if (typeof name !== "string" || rest.length > 0) return undefined;
    const key = Object.keys(variables).find((other) => other.toLowerCase() === name.toLowerCase());
    if (key === undefined) throw invalidTemplate(`the template variable '${name}' is not found`);
    if (open.has(key)) throw invalidTemplate(`the template variable '${name}' refers to itself`);
    open.add(key);
    const value = evaluate(variables[key], functions);
    open.delete(key);
    return value;
  };
  const functions: Functions = { ...basic, parameters: readParameter(parameters), variables: read };
  return functions;
}

function readParameter(parameters: ReadonlyMap<string, unknown>): TemplateFunction {
  return ([name, ...rest]) => {
    if (typeof name !== "string" || rest.length > 0) return undefined;
    if (!parameters.has(name.toLowerCase())) throw invalidTemplate(`the template parameter '${name}' is not found`);
    return parameters.get(name.toLowerCase());
  };
}

function outputsOf(declared: Json, functions: Functions): Readonly<Record<string, object>> {
  const entries = Object.entries(declared).map(([name, declaration]): [string, object] => {
    const { type, value, ...others } = isObject(declaration) ? declaration : {};
    const extra = Object.keys(others).find((key) => key !== "metadata");
    if (extra !== undefined) throw invalidTemplate(`'${extra}' of an output is not served by the local Azure ML`);
    if (value === undefined) throw invalidTemplate(`the output '${name}' has no value`);
    const evaluated = evaluate(value, functions);
    checkType(`output '${name}'`, type, evaluated);
    return [name, { type: answeredType(type), ...(!isSecure(type) && { value: evaluated }) }];
  });
  return Object.fromEntries(entries);
}
