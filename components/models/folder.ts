import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import { bytesOfText } from "./bytesText";
import { eachAtOnce } from "./concurrency";
import { fileProblem, ModelFolderError } from "./folderError";
import { openHashCache } from "./hashCache";
import { hashFile } from "./openFile";
import { listFiles } from "./listFiles";
import type { ListedFile } from "./listFiles";
import { everyFewSeconds } from "./progress";
import type { Clock } from "./progress";

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
 * @param progress gets such as `3.1 of 12.4 GB` every few seconds, from the second one on
 * @throws ModelFolderError with a line for each file that cannot be read, or that changes meanwhile
 */
export async function readModelFolder(
  folder: string,
  progress: (amount: string) => void = () => undefined,
  clock?: Clock,
): Promise<ModelFolder> {
  await checkFolder(folder);
  const problems: string[] = [];
  const listed = await listFiles(folder, problems);
  const reading = new Reading(listed);
  const stop = everyFewSeconds(() => reading.amount, progress, clock);
  const hashed = await hashAll(folder, listed, problems, reading).finally(stop);
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

/** How much of a folder is known. */
class Reading {
  private done = 0;
  private readonly all: number;

  constructor(listed: readonly ListedFile[]) {
    this.all = listed.reduce((sum, { stats }) => sum + Number(stats.size), 0);
  }

  add(bytes: number): void {
    this.done += bytes;
  }

  /** Undefined before the first byte and after the last: a program that is busy with something else is late to look. */
  get amount(): string | undefined {
    return this.done > 0 && this.done < this.all ? bytesOfText(this.done, this.all) : undefined;
  }
}

async function hashAll(
  folder: string,
  listed: readonly ListedFile[],
  problems: string[],
  reading: Reading,
): Promise<ReadonlyMap<string, ModelFile>> {
  const cache = await openHashCache(folder);
  const hashed = new Map<string, ModelFile>();
  await eachAtOnce(listed, HASHED_AT_ONCE, async ({ path, source, stats }) => {
    const known = cache.get(path, stats);
    if (known !== undefined) {
      reading.add(Number(stats.size));
      hashed.set(path, { path, source, size: Number(stats.size), sha256: known });
      return;
    }
    try {
      const read = await hashFile(source, (bytes) => reading.add(bytes));
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
