/** One broken rule, in terms of the user's arguments. */
export interface Violation {
  /** Path of the value, such as `traffic.green`. */
  readonly path: string;
  /** What is wrong with the value got, what is allowed, and what to do. */
  readonly reason: string;
}

/** One line for each violation, in the order found. */
export function formatViolations(violations: readonly Violation[]): string {
  return violations.map(({ path, reason }) => `  - ${path}: ${reason}`).join("\n");
}

/** Any value as shown in an error message: short, quoted, never `[object Object]`. */
export function show(value: unknown): string {
  const text = textOf(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

function textOf(value: unknown): string {
  // JSON has no NaN and no bigint.
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  if (typeof value === "function") return "a function";
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return "a value that is not JSON";
  }
}
