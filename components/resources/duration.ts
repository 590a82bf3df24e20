/** Seconds as Azure takes them, in ISO 8601. */
export function isoSeconds(seconds: number): string {
  return `PT${seconds}S`;
}
