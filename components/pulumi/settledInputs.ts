import * as pulumi from "@pulumi/pulumi";
import { isDeferred } from "../checks/literals";
import type { Violation } from "../values/violation";
import { redact } from "../values/redact";
import { valueOf } from "./sdkInternals";

/** A user's inputs, none of which rejects. */
export interface SettledInputs<T> {
  /** The same inputs, with an empty text for each rejected one; the component is refused anyway. */
  readonly value: T;
  /** For each input that is an output or promise, the problem it had, or undefined; none rejects. */
  readonly problems: readonly Promise<Violation | undefined>[];
}

/** Stands in for a rejected input: empty as text, list or map. */
const NOTHING = "";

/** Replaces every output and promise in the inputs by one that never rejects, and records why it did. */
export function settledInputs<T>(inputs: T): SettledInputs<T> {
  const problems: Promise<Violation | undefined>[] = [];
  const settle = (value: unknown, path: readonly string[]): unknown => {
    if (isDeferred(value)) {
      const problem = problemOf(value, path.join("."));
      problems.push(problem);
      return pulumi.output(problem.then((it) => (it === undefined ? value : NOTHING)));
    }
    if (Array.isArray(value)) return value.map((inner, index) => settle(inner, [...path, String(index)]));
    if (!isPlainMap(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, settle(inner, [...path, key])]));
  };
  return { value: settle(inputs, []) as T, problems };
}

async function problemOf(value: unknown, path: string): Promise<Violation | undefined> {
  try {
    await (pulumi.Output.isInstance(value) ? valueOf(value) : value);
    return undefined;
  } catch (error) {
    const [reason = ""] = redact(error instanceof Error ? error.message : String(error)).split("\n");
    return { path, reason: `what it comes from failed: ${reason}; correct that, then run "pulumi up" again` };
  }
}

/** A plain map, not an instance of a class such as a resource. */
export function isPlainMap(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
