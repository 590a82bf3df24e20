import { createHash } from "node:crypto";
import type { Stats } from "node:fs";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { FileProbe } from "../checks/checkModel";

export interface ModelFile {
  /** Path below the folder, with `/`. */
  readonly path: string;
  /** Path on this machine. */
  readonly source: string;
  readonly sha256: string;
}

/** The files of a model folder and a name made from them: the same content has the same name everywhere. */
export interface ModelFolder {
  readonly files: readonly ModelFile[];
  readonly contentName: string;
}

/** Reads a model folder, without dot files and Python caches, which are not part of a model. */
export function readModelFolder(folder: string): ModelFolder {
  const files = listFiles(folder, "").map((path): ModelFile => {
    const source = join(folder, path);
    return { path, source, sha256: createHash("sha256").update(readFileSync(source)).digest("hex") };
  });
  const hash = createHash("sha256");
  for (const { path, sha256 } of files) hash.update(`${path}\0${sha256}\n`);
  return { files, contentName: hash.digest("hex").slice(0, 16) };
}

function listFiles(folder: string, below: string): string[] {
  const names = readdirSync(join(folder, below)).toSorted();
  return names
    .filter((name) => !name.startsWith(".") && name !== "__pycache__")
    .flatMap((name) => {
      const path = below === "" ? name : `${below}/${name}`;
      return statSync(join(folder, path)).isDirectory() ? listFiles(folder, path) : [path];
    });
}

/** Undefined for a path that leads nowhere, below a file too. @throws Error for one that cannot be asked for */
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

/** What the argument checks ask of this machine's disk. */
export const DISK: FileProbe = {
  isFolder: (path) => statOf(path)?.isDirectory() ?? false,
  isFile,
  readText: (path) => (isFile(path) ? readFileSync(path, "utf8") : undefined),
};
