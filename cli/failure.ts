/** The message of an error without its stack; what is written for a person may have several lines. */
export function oneLine(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
