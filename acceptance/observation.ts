import { isDeepStrictEqual } from "node:util";

/** A checked fact, and whether it was as on the local Azure. */
export interface Observation {
  /** Of a semantic of `docs/parity.md`; `walk-…` for the package itself. */
  readonly id: string;
  /** What should have been seen. */
  readonly expected: string;
  /** What was seen instead; undefined when it was as expected. */
  readonly seen?: string;
}

/** Compares a value with the expected one. */
export function observe(id: string, what: string, expected: unknown, seen: unknown): Observation {
  const text = `${what} ${shown(expected)}`;
  return isDeepStrictEqual(seen, expected)
    ? { id, expected: text }
    : { id, expected: text, seen: `${what} ${shown(seen)}` };
}

/** Looks for parts of a text. */
export function observeText(id: string, what: string, parts: readonly string[], text: string): Observation {
  const missing = parts.filter((part) => !text.includes(part));
  const expected = `${what} says ${parts.map(shown).join(" and ")}`;
  return missing.length === 0
    ? { id, expected }
    : { id, expected, seen: `${what} does not say ${missing.map(shown).join(" and ")}:\n${lastLines(text)}` };
}

const MOST_LINES = 40;

/** The end of what a command printed. */
export function lastLines(text: string): string {
  return text.trim().split("\n").slice(-MOST_LINES).join("\n");
}

function shown(value: unknown): string {
  return JSON.stringify(value) ?? "nothing";
}
