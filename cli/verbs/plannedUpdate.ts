import { isMap } from "../../components/values/shape";
import { nameOf } from "../stack/exportedStack";

/** A resource that an update would change. */
export interface PlannedChange {
  readonly op: string;
  /** Last part of the type, such as `OnlineDeployment`. */
  readonly type: string;
  readonly name: string;
}

/** What a preview says. */
export interface PlannedUpdate {
  /** All but the stack and what stays as it is. */
  readonly changes: readonly PlannedChange[];
  /** What the components say, a line each. */
  readonly lines: readonly string[];
  readonly warnings: readonly string[];
  /** Why the engine would not run it; empty when it would. */
  readonly refusals: readonly string[];
}

const STACK = "pulumi:pulumi:Stack";

/**
 * Reads what `pulumi preview --json` prints.
 *
 * @returns undefined for a text that is no such document, as when the command could not begin
 */
export function plannedUpdateOf(text: string): PlannedUpdate | undefined {
  const document = parsed(text);
  if (!isMap(document)) return undefined;
  const said = arrayIn(document, "diagnostics").flatMap((item) => {
    const { message, severity } = item;
    return typeof message === "string" ? [{ message: message.trimEnd(), severity }] : [];
  });
  const messages = (wanted: string): readonly string[] =>
    said.filter(({ severity }) => severity === wanted).map(({ message }) => message);
  return {
    changes: arrayIn(document, "steps").flatMap(changeOf),
    lines: [...messages("info"), ...messages("info#err")].flatMap((message) => message.split("\n")),
    warnings: messages("warning"),
    refusals: distinct(messages("error").filter((message) => message.trim() !== "preview failed")),
  };
}

/** `+ OnlineDeployment heart-deployment-model-2`; the component itself and the stack are not worth a line. */
export function changeLines(changes: readonly PlannedChange[]): readonly string[] {
  return changes.map(({ op, type, name }) => `${SIGNS[op] ?? op} ${type} ${name}`);
}

const SIGNS: Readonly<Record<string, string>> = {
  create: "+",
  update: "~",
  delete: "-",
  replace: "+-",
  "create-replacement": "++",
  "delete-replaced": "--",
  import: "=",
};

/** What a component says of a step: the lines that start with one of the words that have a verdict. */
export function verdictLines(lines: readonly string[]): readonly string[] {
  return lines.filter((line) => VERDICTS.test(line));
}

const VERDICTS = /^(traffic|plan|exposed|bound|rules|contract|ready|verify|verified|deletes|gates?) /;

function changeOf(step: Values): readonly PlannedChange[] {
  const { op, urn } = step;
  if (typeof op !== "string" || typeof urn !== "string" || op === "same" || op === "read") return [];
  const type = urn.split("::").at(-2)?.split("$").at(-1) ?? "";
  return type === STACK ? [] : [{ op, type: type.split(":").at(-1) ?? type, name: nameOf({ urn }) }];
}

type Values = Readonly<Record<string, unknown>>;

function arrayIn(document: Values, key: string): readonly Values[] {
  const value = document[key];
  return Array.isArray(value) ? value.filter(isMap) : [];
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts.map((text) => text.trim()))];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
