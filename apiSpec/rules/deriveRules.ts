import type { ObjectRule, Rule, Rules } from "../../local/src/apiSpec/rule";
import { definitionName } from "./swagger";
import type { Located, Schema, Swagger } from "./swagger";

const NUMBERS = new Set(["integer", "number"]);
const FORMATS: Readonly<Record<string, Rule>> = { duration: "duration", "date-time": "time" };
/** What Azure Resource Manager checks of a body itself, with codes of its own. */
const OF_THE_ENVELOPE = new Set(["location", "tags", "zones"]);
const INT32 = 2_147_483_647;

/** The rules of bodies and of what they refer to, by the name of the definition. */
export class RuleBook {
  readonly rules: Record<string, ObjectRule> = {};

  constructor(private readonly swagger: Swagger) {}

  /** The rule of a schema; an object with members of its own is one of `rules`. */
  rule(at: Located): Rule {
    const { file, name = "", schema } = this.swagger.resolved(at);
    if (schema.enum !== undefined && schema.type === "string") return { words: [...schema.enum] };
    if (schema.type === "string") return textRule(schema);
    if (schema.type === "boolean") return "boolean";
    if (NUMBERS.has(schema.type ?? "")) return numberRule(schema);
    if (schema.type === "array") return this.listRule(file, name, schema);
    if (hasMembers(schema)) return { object: this.object({ file, name, schema }) };
    if (typeof schema.additionalProperties === "object")
      return { map: this.item({ file, name: `${name}Value`, schema: schema.additionalProperties }) };
    return schema.type === "object" ? { map: "any" } : "any";
  }

  /** Of a list or map: what is nullable there may be null; a member may be null wherever it may be left out. */
  private item(at: Located): Rule {
    const rule = this.rule(at);
    return at.schema["x-nullable"] === true && rule !== "any" ? { nullable: rule } : rule;
  }

  private listRule(file: string, name: string, schema: Schema): Rule {
    const { items = {}, minItems, maxItems } = schema;
    return {
      list: this.item({ file, name: `${name}Item`, schema: items }),
      ...(minItems !== undefined && { least: minItems }),
      ...(maxItems !== undefined && { most: maxItems }),
    };
  }

  private object({ file, name = "", schema }: Located): string {
    const key = definitionName(file, name);
    if (this.rules[key] !== undefined) return key;
    // Named before its members are read, which may refer to it.
    this.rules[key] = { members: {} };
    const parts = this.parts({ file, name, schema });
    const members = Object.fromEntries(
      parts.flatMap((part) =>
        Object.entries(part.schema.properties ?? {})
          .filter(([, member]) => !isReadOnly(member))
          .map(([member, inner]): [string, Rule] => [member, this.rule({ ...inside(part, member), schema: inner })]),
      ),
    );
    const readOnly = parts.flatMap((part) =>
      Object.entries(part.schema.properties ?? {}).flatMap(([member, inner]) => (isReadOnly(inner) ? [member] : [])),
    );
    const required = parts
      .flatMap((part) => part.schema.required ?? [])
      .filter((member) => Object.hasOwn(members, member));
    const kinds = this.kinds(parts);
    this.rules[key] = {
      members,
      ...(required.length > 0 && { required: [...new Set(required)].toSorted() }),
      ...(readOnly.length > 0 && { readOnly: [...new Set(readOnly)].toSorted() }),
      ...(kinds && { kinds }),
    };
    return key;
  }

  /** A definition and those that it extends, from the outermost in. */
  private parts({ file, name = "", schema }: Located): readonly Located[] {
    const above = (schema.allOf ?? []).flatMap((each) => this.parts(this.swagger.resolved({ file, schema: each })));
    return [...above, { file, name, schema }];
  }

  /** The definitions that extend one with a discriminator, by the word that chooses them. */
  private kinds(parts: readonly Located[]): ObjectRule["kinds"] {
    const base = parts.at(-1);
    const on = base?.schema.discriminator;
    if (base === undefined || on === undefined) return undefined;
    const by: Record<string, string> = {};
    for (const [name, schema] of Object.entries(this.swagger.definitions(base.file))) {
      const extended = (schema.allOf ?? []).map((each) => this.swagger.resolved({ file: base.file, schema: each }));
      if (!extended.some((each) => each.schema === base.schema)) continue;
      by[schema["x-ms-discriminator-value"] ?? name] = this.object({ file: base.file, name, schema });
    }
    return { on, by };
  }
}

/** Rules as a table has them: bodies without what Azure Resource Manager checks, kinds without what their base has. */
export function compact(rules: Rules, bodies: readonly string[]): Rules {
  const lean: Record<string, ObjectRule> = { ...rules };
  for (const name of bodies) lean[name] = without(lean[name], (member) => OF_THE_ENVELOPE.has(member));
  for (const base of Object.values(rules)) {
    for (const name of Object.values(base.kinds?.by ?? {}))
      lean[name] = without(lean[name], (member) => Object.hasOwn(base.members, member));
  }
  return referredFrom(lean, bodies);
}

function without(rule: ObjectRule | undefined, isGone: (member: string) => boolean): ObjectRule {
  const { members = {}, required = [], ...others } = rule ?? {};
  const left = required.filter((member) => !isGone(member));
  return {
    members: Object.fromEntries(Object.entries(members).filter(([member]) => !isGone(member))),
    ...(left.length > 0 && { required: left }),
    ...others,
  };
}

/** A name for a definition that stands where it is used and has none of its own. */
function inside({ file, name = "" }: Located, member: string): { readonly file: string; readonly name: string } {
  return { file, name: `${name}${member.charAt(0).toUpperCase()}${member.slice(1)}` };
}

/** What rules refer to, and no more. */
function referredFrom(rules: Rules, roots: readonly string[]): Rules {
  const found = new Set<string>();
  const follow = (name: string): void => {
    if (found.has(name)) return;
    found.add(name);
    const { members = {}, kinds } = rules[name] ?? {};
    for (const member of Object.values(members)) namesIn(member).forEach(follow);
    Object.values(kinds?.by ?? {}).forEach(follow);
  };
  roots.forEach(follow);
  return Object.fromEntries([...found].toSorted().map((name) => [name, rules[name] ?? { members: {} }]));
}

function namesIn(rule: Rule): readonly string[] {
  if (typeof rule === "string") return [];
  if ("object" in rule) return [rule.object];
  if ("nullable" in rule) return namesIn(rule.nullable);
  if ("list" in rule) return namesIn(rule.list);
  return "map" in rule ? namesIn(rule.map) : [];
}

function hasMembers({ properties, allOf }: Schema): boolean {
  return properties !== undefined || allOf !== undefined;
}

function isReadOnly(schema: Schema): boolean {
  return schema.readOnly === true;
}

function textRule({ format = "", pattern, minLength, maxLength }: Schema): Rule {
  const known = FORMATS[format];
  if (known !== undefined) return known;
  if (pattern === undefined && minLength === undefined && maxLength === undefined) return "text";
  return {
    text: {
      ...(pattern !== undefined && { pattern }),
      ...(minLength !== undefined && { least: minLength }),
      ...(maxLength !== undefined && { most: maxLength }),
    },
  };
}

function numberRule({ type, format, minimum, maximum }: Schema): Rule {
  if (type === "number") return { number: limits(minimum, maximum) };
  const isLong = format === "int64";
  if (!isLong && minimum === undefined && maximum === undefined) return "int32";
  return { whole: limits(minimum ?? (isLong ? undefined : -INT32 - 1), maximum ?? (isLong ? undefined : INT32)) };
}

function limits(least: number | undefined, most: number | undefined) {
  return { ...(least !== undefined && { least }), ...(most !== undefined && { most }) };
}
