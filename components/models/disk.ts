import type { Stats } from "node:fs";
import { readFileSync, statSync } from "node:fs";
import type { FileProbe } from "../checks/checkModel";

/** Undefined for a path that does not exist. @throws Error when it cannot be checked */
function statOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch (error) {
    if (NOWHERE.has((error as NodeJS.ErrnoException).code)) return undefined;
    throw error;
  }
}

const NOWHERE: ReadonlySet<string | undefined> = new Set(["ENOENT", "ENOTDIR", "ENAMETOOLONG", "ELOOP"]);

function isFile(path: string): boolean {
  return statOf(path)?.isFile() ?? false;
}

/** The disk as the argument checks use it. */
export const DISK: FileProbe = {
  isFolder: (path) => statOf(path)?.isDirectory() ?? false,
  isFile,
  readText: (path) => (isFile(path) ? readFileSync(path, "utf8") : undefined),
};
