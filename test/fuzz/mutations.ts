import { fc } from "@fast-check/vitest";

/** Where in a document or path something is changed, and into what; `gone` stands for nothing at all. */
export interface Change {
  readonly at: number;
  readonly into: unknown;
}

const GONE = Symbol("gone");

/** Names that mean something to JavaScript, to URLs or to ARM, and ones that mean nothing to anybody. */
export const oddName: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    ...["__proto__", "constructor", "toString", "hasOwnProperty", "then", "length"],
    ...["", ".", "..", "%", "%2F", "%00", "%E0%A4", "%5C", "a%20b", "a b", "$filter", "🙂", "ﬀ", "İ"],
    ...["providers", "subscriptions", "resourceGroups", "default", "operations", "Microsoft.Insights"],
    "x".repeat(300),
  ),
  fc.string({ maxLength: 8 }),
);

export const oddValue: fc.Arbitrary<unknown> = fc.oneof(
  // An object without a text of its own is what a careless comparison stumbles over.
  fc.constantFrom<unknown>({ toString: true }, [{ toString: null, valueOf: 1 }]),
  fc.constantFrom<unknown>(GONE, null, true, -1, 0, 1e308, 0.5, "", [], {}, [[]], { a: {} }, "[parameters('x')]", "[["),
  oddName,
  fc.constant("v".repeat(300)),
  fc.jsonValue({ maxDepth: 2 }),
  fc.dictionary(oddName, fc.jsonValue({ maxDepth: 1 }), { maxKeys: 2 }),
);

/** Mostly nothing, so a case has one thing or another that is odd and seldom all of them. */
export const rarely = <T>(inner: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: 12, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: inner });

export const changes = (into: fc.Arbitrary<unknown>, most: number): fc.Arbitrary<readonly Change[]> =>
  fc.array(fc.record({ at: fc.nat(10_000), into }), { maxLength: most });

/** A document with some of its members, at whatever depth, replaced or removed. */
export function changed(document: unknown, list: readonly Change[]): unknown {
  const place = (value: unknown, at: number): number => 1 + (at % Math.max(1, countOf(value) - 1));
  return list.reduce<unknown>((value, { at, into }) => replace(value, place(value, at), into), document);
}

/** A path with some of its segments replaced, removed or added to. */
export function changedPath(path: string, list: readonly Change[]): string {
  return list.reduce((text, { at, into }) => {
    const parts = text.split("/");
    const [place, how] = [1 + (at % parts.length), Math.floor(at / 7) % 4];
    if (into === GONE || how === 0) parts.splice(place, 1);
    else parts.splice(place, how === 1 ? 0 : 1, how === 3 ? (parts[place] ?? "").toUpperCase() : String(into));
    return parts.join("/");
  }, path);
}

function countOf(value: unknown): number {
  if (typeof value !== "object" || value === null) return 1;
  return Object.values(value).reduce<number>((count, inner) => count + countOf(inner), 1);
}

/** Replaces the node at a place, counted from the top down. */
function replace(value: unknown, place: number, into: unknown): unknown {
  if (place === 0) return into;
  if (typeof value !== "object" || value === null) return value;
  let at = 1;
  const entries = Object.entries(value).flatMap(([key, inner]): [string, unknown][] => {
    const size = countOf(inner);
    const isHere = place >= at && place < at + size;
    const next = isHere ? replace(inner, place - at, into) : inner;
    at += size;
    return next === GONE ? [] : [[key, next]];
  });
  return Array.isArray(value) ? entries.map(([, inner]) => inner) : Object.fromEntries(entries);
}
