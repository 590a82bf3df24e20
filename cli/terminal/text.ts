/** The message of an error without its stack; what is written for a person may have several lines. */
export function oneLine(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** A path as a POSIX shell takes it, quoted only where it has to be. */
export function shellPath(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
