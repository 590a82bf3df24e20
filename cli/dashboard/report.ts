import { closeSync, existsSync, openSync, readSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { EXIT } from "../terminal/exitCodes";
import { Failure } from "../terminal/failure";
import { GENERATOR } from "./page";

/** The mark of a report is this near to its begin. */
const HEAD_BYTES = 4096;

/**
 * Refuses a path that no report can be written to, before anything is read for it.
 *
 * @throws Failure when its folder is missing, or when another file than a report would be lost
 */
export function checkReportPath(file: string): void {
  const folder = dirname(file);
  if (!existsSync(folder)) throw new Failure(`${file}: there is no folder ${folder}`, EXIT.usage);
  if (!existsSync(file)) return;
  if (!statSync(file).isFile()) throw new Failure(`${file} is no file; name the file to write`, EXIT.usage);
  if (!isReport(file)) throw new Failure(`${file} is there and is no report; name another file`, EXIT.usage);
}

/** Writes a report whole or not at all. */
export function writeReport(file: string, page: string): void {
  const unfinished = `${file}.${process.pid}.tmp`;
  try {
    writeFileSync(unfinished, page);
    renameSync(unfinished, file);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  }
}

function isReport(file: string): boolean {
  const head = Buffer.alloc(HEAD_BYTES);
  const descriptor = openSync(file, "r");
  try {
    const length = readSync(descriptor, head, 0, HEAD_BYTES, 0);
    return length === 0 || head.toString("utf8", 0, length).includes(`content="${GENERATOR}"`);
  } finally {
    closeSync(descriptor);
  }
}
