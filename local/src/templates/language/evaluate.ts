import { badRequest } from "../../arm/errors";
import type { ArmError } from "../../arm/errors";
import { isObject, toText } from "../../common/json";
import type { TemplateFunction } from "./functions";
import { parseExpression } from "./parse";
import type { Expression } from "./parse";

/** "Template limits": characters of an expression. */
const MAX_LENGTH = 24_576;

export type Functions = Readonly<Record<string, TemplateFunction>>;

/** A value with each expression in it evaluated. Anything that is not served is refused, never passed on as text. */
export function evaluate(value: unknown, functions: Functions): unknown {
  if (typeof value === "string") return evaluateText(value, functions);
  if (Array.isArray(value)) return value.map((inner) => evaluate(inner, functions));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, evaluate(inner, functions)]));
}

export function invalidTemplate(reason: string): ArmError {
  return badRequest("InvalidTemplate", `Deployment template validation failed: '${reason}'.`);
}

function evaluateText(text: string, functions: Functions): unknown {
  if (text.startsWith("[[")) return text.slice(1);
  if (!text.startsWith("[") || !text.endsWith("]")) return text;
  if (text.length > MAX_LENGTH) throw invalidTemplate(`an expression is longer than ${MAX_LENGTH} characters`);
  const expression = parseExpression(text.slice(1, -1));
  if (expression === undefined) throw invalidTemplate(`the expression '${text}' is not valid`);
  return valueOf(expression, functions, text);
}

function valueOf(expression: Expression, functions: Functions, text: string): unknown {
  if (expression.kind === "literal") return expression.value;
  if (expression.kind === "member") {
    const [of, key] = [expression.of, expression.key].map((inner) => valueOf(inner, functions, text));
    const member = memberOf(of, key);
    if (member === undefined) throw invalidTemplate(`the expression '${text}' has no member '${toText(key)}'`);
    return member;
  }
  const name = expression.name.toLowerCase();
  const apply = Object.hasOwn(functions, name) ? functions[name] : undefined;
  if (apply === undefined) {
    throw invalidTemplate(
      `the template function '${expression.name}' is not served by the local Azure ML; it knows ${Object.keys(functions).toSorted().join(", ")}`,
    );
  }
  const result = apply(expression.arguments.map((inner) => valueOf(inner, functions, text)));
  if (result !== undefined) return result;
  throw invalidTemplate(`the arguments of the template function '${expression.name}' in '${text}' are not valid`);
}

/** Names of members are the same in any case. */
function memberOf(of: unknown, key: unknown): unknown {
  if (Array.isArray(of) && typeof key === "number") return of[key] as unknown;
  if (!isObject(of) || typeof key !== "string") return undefined;
  const name = Object.keys(of).find((other) => other.toLowerCase() === key.toLowerCase());
  return name === undefined ? undefined : of[name];
}
