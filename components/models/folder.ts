import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import { eachAtOnce } from "./concurrency";
import { fileProblem, ModelFolderError } from "./folderError";
import { openHashCache } from "./hashCache";
import { hashFile } from "./openFile";
import { listFiles } from "./listFiles";
import type { ListedFile } from "./listFiles";

export { ModelFolderError } from "./folderError";

const HASHED_AT_ONCE = 8;

export interface ModelFile {
  /** Path below the folder, with `/`. */
  readonly path: string;
  /** Path on this machine. */
  readonly source: string;
  /** Bytes. */
  readonly size: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

/** The files of a model folder and a name derived from them: the same content gets the same name everywhere. */
export interface ModelFolder {
  readonly files: readonly ModelFile[];
  /** Of all files. */
  readonly bytes: number;
  /** 16 hexadecimal digits. */
  readonly contentName: string;
}

/**
 * Reads a model folder, without dot files and Python caches, which are not part of a model. Files are hashed in chunks,
 * and only when they changed since the last run.
 *
 * @throws ModelFolderError with a line for each file that cannot be read or changes while it is read
 */
export async function readModelFolder(folder: string): Promise<ModelFolder> {
  await checkFolder(folder);
  const problems: string[] = [];
  const listed = await listFiles(folder, problems);
  const hashed = await hashAll(folder, listed, problems);
  if (problems.length > 0) throw new ModelFolderError(problems.toSorted());
  const files = listed.flatMap(({ path }) => hashed.get(path) ?? []);
  const name = createHash("sha256");
  for (const { path, sha256 } of files) name.update(`${path}\0${sha256}\n`);
  return {
    files,
    bytes: files.reduce((sum, { size }) => sum + size, 0),
    contentName: name.digest("hex").slice(0, 16),
  };
}

async function checkFolder(folder: string): Promise<void> {
  const stats = await stat(folder).catch((error: unknown) => {
    const isNowhere = NOWHERE.has((error as NodeJS.ErrnoException).code ?? "");
    throw new ModelFolderError([isNowhere ? `${folder}: there is no such folder` : fileProblem(folder, error)]);
  });
  if (!stats.isDirectory()) throw new ModelFolderError([`${folder}: is not a folder`]);
}

const NOWHERE: ReadonlySet<string> = new Set(["ENOENT", "ENOTDIR", "ENAMETOOLONG", "ELOOP"]);

async function hashAll(
  folder: string,
  listed: readonly ListedFile[],
  problems: string[],
): Promise<ReadonlyMap<string, ModelFile>> {
  const cache = await openHashCache(folder);
  const hashed = new Map<string, ModelFile>();
  await eachAtOnce(listed, HASHED_AT_ONCE, async ({ path, source, stats }) => {
    const known = cache.get(path, stats);
    if (known !== undefined) {
      hashed.set(path, { path, source, size: Number(stats.size), sha256: known });
      return;
    }
    try {
      const read = await hashFile(source);
      hashed.set(path, { path, source, size: Number(read.stats.size), sha256: read.sha256 });
      cache.set(path, read.stats, read.sha256, Date.now());
    } catch (error) {
      if (!(error instanceof ModelFolderError)) throw error;
      problems.push(...error.problems);
    }
  });
  await cache.save();
  return hashed;
}
