/** Numbers that were stored as text are numbers; anything else stays as it is, for the rules to name. */
export function readWeight(value: unknown): unknown {
  return typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
}
