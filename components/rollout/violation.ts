/** One broken rule, in the words of the user's own arguments. */
export interface Violation {
  /** Where the value stands, such as `traffic.green`. */
  readonly path: string;
  /** What is wrong with the value got, what is allowed, and what to do. */
  readonly reason: string;
}

/** One line for each violation, in the order found. */
export function formatViolations(violations: readonly Violation[]): string {
  return violations.map(({ path, reason }) => `  - ${path}: ${reason}`).join("\n");
}

/** A value as it can stand in an error message: short, quoted, never `[object Object]`. */
export function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
