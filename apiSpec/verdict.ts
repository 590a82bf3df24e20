/** Something in an exchange that the specification does not allow. */
export interface Violation {
  /** Operation id of the specification, else method and path. */
  readonly operation: string;
  readonly status: number;
  /** Code of the validator, or one of ours. */
  readonly rule: string;
  /** `request` or `reply`, and the JSON pointers. */
  readonly where: string;
  readonly message: string;
}

export interface Verdict {
  /** Checked against the version asked for, against another one, or not at all for want of a saved specification. */
  readonly basis: "exact" | "mapped" | "none";
  readonly violations: readonly Violation[];
  /** How many violations the table of deviations explains. */
  readonly deviations: number;
}

export function toText({ operation, status, rule, where, message }: Violation): string {
  return `${operation} ${status}: ${where}: ${message} (${rule})`;
}
