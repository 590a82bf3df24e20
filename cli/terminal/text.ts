/** The message of an error without its stack; what is written for a person may have several lines. */
export function oneLine(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** A path as a POSIX shell takes it, quoted only where it has to be. */
export function shellPath(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}

/** Text that somebody else wrote as one line of a terminal: without what moves the cursor or changes colours. */
export function printable(text: string): string {
  // oxlint-disable-next-line no-control-regex -- these are what is taken out
  return text.replaceAll(/\u001B\[[0-9;?]*[ -/]*[@-~]/g, "").replaceAll(/[\u0000-\u001F\u007F-\u009F]+/g, " ");
}
