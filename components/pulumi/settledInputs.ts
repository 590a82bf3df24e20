import * as pulumi from "@pulumi/pulumi";
import { isDeferred } from "../checks/literals";
import type { Violation } from "../values/violation";
import { redact } from "../values/redact";
import { valueOf } from "./sdkInternals";

/** Inputs of a user without one that rejects. */
export interface SettledInputs<T> {
  /** The same inputs; in place of one that rejects stands an empty text, for a component that is refused anyway. */
  readonly value: T;
  /** A problem for each input that comes from elsewhere, undefined when it came; none of them rejects. */
  readonly problems: readonly Promise<Violation | undefined>[];
}

/** What stands in for an input that rejects: as a text, a list or a map it is empty. */
const NOTHING = "";

/** Replaces every output and promise in some inputs by one that never rejects, and keeps why one did. */
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

/** A map that the user has written, and not an instance of some class such as a resource. */
export function isPlainMap(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
