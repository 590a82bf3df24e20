import type { Limits, Rule, Rules } from "../../local/src/apiSpec/rule";

/** A body that breaks one rule: what is set where, the words that choose a kind before it. */
export interface Breach {
  readonly sets: readonly (readonly [path: readonly string[], value: unknown])[];
  /** As a refusal names it. */
  readonly path: string;
}

const DEEPEST = 6;
const NO_TEXT = [5, true, [], {}];
const NO_OBJECT = [5, true, "x", []];

/** Everything that can be wrong with the body of a rule, one at a time. */
export function* breachesOf(rules: Rules, name: string): Generator<Breach> {
  yield* ofObject(rules, name, [], []);
}

function* ofObject(rules: Rules, name: string, at: readonly string[], before: Breach["sets"]): Generator<Breach> {
  const { members = {}, required = [], kinds } = rules[name] ?? {};
  if (at.length > DEEPEST) return;
  for (const member of required) yield breach(before, [...at, member], null);
  for (const [member, rule] of Object.entries(members)) yield* ofValue(rules, rule, [...at, member], before);
  if (kinds === undefined) return;
  yield breach(before, [...at, kinds.on], "no-such-kind");
  for (const [word, kind] of Object.entries(kinds.by)) {
    const chosen: Breach["sets"] = [...before, [[...at, kinds.on], word]];
    yield* ofObject(rules, kind, at, chosen);
  }
}

function* ofValue(rules: Rules, rule: Rule, at: readonly string[], before: Breach["sets"]): Generator<Breach> {
  for (const value of wrongValues(rule)) yield breach(before, at, value);
  if (typeof rule !== "object") return;
  if ("nullable" in rule) yield* ofValue(rules, rule.nullable, at, before);
  if ("object" in rule) yield* ofObject(rules, rule.object, at, before);
  if ("map" in rule && rule.map !== "any") yield* ofValue(rules, rule.map, [...at, "k"], before);
  if ("list" in rule) {
    for (const value of wrongValues(rule.list)) yield { sets: [...before, [at, [value]]], path: `${at.join(".")}[0]` };
  }
}

function wrongValues(rule: Rule): readonly unknown[] {
  if (rule === "any") return [];
  if (rule === "boolean") return ["yes", "", 0, [], {}];
  if (rule === "int32") return wrongNumbers({ least: -(2 ** 31), most: 2 ** 31 - 1 }, true);
  if (rule === "text") return NO_TEXT;
  if (typeof rule === "string") return [...NO_TEXT, "soon", ""];
  if ("nullable" in rule) return [];
  if ("words" in rule) return [...NO_TEXT, "no-such-word", ""];
  if ("whole" in rule) return wrongNumbers(rule.whole, true);
  if ("number" in rule) return wrongNumbers(rule.number, false);
  if ("list" in rule) return [5, true, "x", {}, ...wrongLengths(rule)];
  if ("text" in rule) return [...NO_TEXT, ...wrongTexts(rule.text)];
  return NO_OBJECT;
}

function wrongNumbers({ least, most }: Limits, isWhole: boolean): readonly unknown[] {
  return [
    ...["1", "", true, [], {}],
    ...(isWhole ? [0.5] : []),
    ...(least === undefined ? [] : [least - 1]),
    ...(most === undefined ? [] : [most + 1]),
  ];
}

function wrongTexts({ least = 0, most }: { readonly least?: number; readonly most?: number }): readonly unknown[] {
  return [...(least > 0 ? [""] : []), ...(most === undefined ? [] : ["x".repeat(most + 1)])];
}

/** Lists of nulls are told by their items as well. */
function wrongLengths({ least = 0, most }: { readonly least?: number; readonly most?: number }): readonly unknown[] {
  return [...(least > 0 ? [[]] : []), ...(most === undefined ? [] : [Array<null>(most + 1).fill(null)])];
}

function breach(before: Breach["sets"], at: readonly string[], value: unknown): Breach {
  return { sets: [...before, [at, value]], path: at.join(".") };
}

/** A document with what a breach sets, in new objects where there are none. */
export function broken(document: unknown, { sets }: Breach): unknown {
  return sets.reduce<unknown>((value, [at, into]) => withSet(value, at, into), document);
}

function withSet(document: unknown, [key, ...rest]: readonly string[], into: unknown): unknown {
  if (key === undefined) return into;
  const isObject = typeof document === "object" && document !== null && !Array.isArray(document);
  const members = isObject ? (document as Record<string, unknown>) : {};
  return { ...members, [key]: withSet(members[key], rest, into) };
}
