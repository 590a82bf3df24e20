import { isObject } from "../common/json";
import type { Json } from "../common/json";
import type { Limits, ObjectRule, Rule, Rules } from "./rule";

/** A violation of the specification in a body. */
export interface BodyProblem {
  /** Such as `properties.traffic.blue`. */
  readonly path: string;
  /** Such as `must be a whole number, got "90"`. */
  readonly message: string;
}

export interface ReadBody {
  /** The body as a service reads it: enum values spelled as in the specification, read-only members removed. */
  readonly body: Json;
  readonly problems: readonly BodyProblem[];
}

const DURATION = /^P(?=.)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$/;
const TIME = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d+)?)?([Zz]|[+-]\d\d:?\d\d)?$/;
const INT32 = { least: -2_147_483_648, most: 2_147_483_647 };
const LONGEST_SHOWN = 80;
/** Compiled patterns. */
const patterns = new Map<string, RegExp>();

/**
 * Reads a body by the rules of an object. Null counts as left out, as in Microsoft's services; members without a rule
 * are left as they are.
 */
export function readBody(rules: Rules, name: string, body: unknown): ReadBody {
  const problems: BodyProblem[] = [];
  const read = new Reader(rules, (path, message) => void problems.push({ path, message })).object(name, body ?? {}, "");
  return { body: isObject(read) ? read : {}, problems };
}

class Reader {
  constructor(
    private readonly rules: Rules,
    private readonly refuse: (path: string, message: string) => void,
  ) {}

  object(name: string, value: unknown, path: string): unknown {
    const rule = this.rules[name];
    if (rule === undefined) return value;
    if (!isObject(value)) return this.wrong(value, path, "an object");
    const { members, required, readOnly } = this.ruleFor(rule, value, path);
    for (const key of required) if (!isGiven(value, key)) this.refuse(join(path, key), "is missing");
    const entries = Object.entries(value).filter(([key]) => !readOnly.has(key));
    return Object.fromEntries(
      entries.map(([key, inner]) => [
        key,
        inner === null || !Object.hasOwn(members, key) ? inner : this.value(members[key], inner, join(path, key)),
      ]),
    );
  }

  /** The rule with the members that a discriminator adds. */
  private ruleFor({ members, required = [], readOnly = [], kinds }: ObjectRule, value: Json, path: string) {
    const own = { members, required, readOnly: new Set(readOnly) };
    if (kinds === undefined || !isGiven(value, kinds.on)) return own;
    const given = value[kinds.on];
    const word = Object.keys(kinds.by).find((each) => isSameWord(each, given));
    const kind = this.rules[kinds.by[word ?? ""] ?? ""];
    if (kind === undefined) {
      const isNamed = typeof members[kinds.on] === "object";
      if (!isNamed) this.wrong(given, join(path, kinds.on), `one of ${Object.keys(kinds.by).join(", ")}`);
      return own;
    }
    return {
      members: { ...members, ...kind.members },
      required: [...new Set([...required, ...(kind.required ?? [])])],
      readOnly: new Set([...readOnly, ...(kind.readOnly ?? [])]),
    };
  }

  private value(rule: Rule | undefined, value: unknown, path: string): unknown {
    if (rule === undefined || rule === "any") return value;
    if (typeof rule === "string") return this.simple(rule, value, path);
    if ("object" in rule) return this.object(rule.object, value, path);
    if ("nullable" in rule) return value === null ? value : this.value(rule.nullable, value, path);
    if ("list" in rule) return this.list(rule, value, path);
    if ("map" in rule) return this.map(rule.map, value, path);
    if ("words" in rule) return this.word(rule.words, value, path);
    if ("text" in rule) return this.text(rule.text, value, path);
    if ("whole" in rule) return this.number(rule.whole, value, path, true);
    return this.number(rule.number, value, path, false);
  }

  private simple(rule: Extract<Rule, string>, value: unknown, path: string): unknown {
    if (rule === "boolean") return typeof value === "boolean" ? value : this.wrong(value, path, "true or false");
    if (rule === "int32") return this.number(INT32, value, path, true);
    if (typeof value !== "string") return this.wrong(value, path, "text");
    if (rule === "duration" && !DURATION.test(value))
      return this.wrong(value, path, "a duration in ISO 8601, such as PT5M");
    if (rule === "time" && (!TIME.test(value) || Number.isNaN(Date.parse(value))))
      return this.wrong(value, path, "a time in RFC 3339, such as 2030-01-01T00:00:00Z");
    return value;
  }

  private text(
    { pattern, least = 0, most }: { pattern?: string; least?: number; most?: number },
    value: unknown,
    path: string,
  ) {
    if (typeof value !== "string") return this.wrong(value, path, "text");
    if (pattern !== undefined && !expression(pattern).test(value))
      return this.wrong(value, path, `text that matches ${pattern}`);
    if (value.length < least || (most !== undefined && value.length > most))
      return this.wrong(value, path, `text of ${range({ least, ...(most !== undefined && { most }) })} characters`);
    return value;
  }

  private word(words: readonly string[], value: unknown, path: string): unknown {
    return words.find((each) => isSameWord(each, value)) ?? this.wrong(value, path, `one of ${words.join(", ")}`);
  }

  private number(limits: Limits, value: unknown, path: string, isWhole: boolean): unknown {
    const { least = -Infinity, most = Infinity } = limits;
    const isOne = typeof value === "number" && (!isWhole || Number.isInteger(value)) && value >= least && value <= most;
    if (isOne) return value;
    const isTyped = typeof value === "number" && (!isWhole || Number.isInteger(value));
    const kind = isWhole ? "a whole number" : "a number";
    const isPlain = !isTyped && limits.least === INT32.least && limits.most === INT32.most;
    return this.wrong(value, path, isPlain || limits.least === undefined ? kind : `${kind} of ${range(limits)}`);
  }

  private list({ list, least = 0, most }: { list: Rule; least?: number; most?: number }, value: unknown, path: string) {
    if (!Array.isArray(value)) return this.wrong(value, path, "a list");
    if (value.length < least || (most !== undefined && value.length > most))
      this.refuse(
        path,
        `must be a list of ${range({ least, ...(most !== undefined && { most }) })} items, got ${value.length}`,
      );
    return value.map((item: unknown, index) => this.value(list, item, `${path}[${index}]`));
  }

  private map(rule: Rule, value: unknown, path: string): unknown {
    if (!isObject(value)) return this.wrong(value, path, "an object");
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, this.value(rule, inner, join(path, key))]),
    );
  }

  private wrong(value: unknown, path: string, allowed: string): unknown {
    const text = JSON.stringify(value);
    this.refuse(path, `must be ${allowed}${text.length > LONGEST_SHOWN ? "" : `, got ${text}`}`);
    return value;
  }
}

function isGiven(value: Json, key: string): boolean {
  return Object.hasOwn(value, key) && value[key] !== null && value[key] !== undefined;
}

function isSameWord(word: string, given: unknown): boolean {
  return typeof given === "string" && given.toLowerCase() === word.toLowerCase();
}

function join(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}

function range({ least = 0, most }: Limits): string {
  return most === undefined ? `at least ${least}` : least === most ? String(least) : `${least} to ${most}`;
}

/** .NET patterns, which write some Unicode groups differently; a pattern that JavaScript cannot parse is ignored. */
function expression(pattern: string): RegExp {
  const known = patterns.get(pattern);
  if (known !== undefined) return known;
  const compiled = new RegExp(pattern);
  patterns.set(pattern, compiled);
  return compiled;
}
