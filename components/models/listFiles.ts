import type { BigIntStats } from "node:fs";
import { readdir, readlink, stat } from "node:fs/promises";
import { join } from "node:path";
import { fileProblem } from "./folderError";

/** In place of bytes of a name that are not UTF-8. */
const UNREADABLE = "\uFFFD";

export interface ListedFile {
  /** Path below the folder, with `/`. */
  readonly path: string;
  /** Path on this machine. */
  readonly source: string;
  readonly stats: BigIntStats;
}

/**
 * The files of a model folder, without dot files and Python caches, which are not part of a model. Links are followed.
 * The order is the same on every machine: by name, folder by folder.
 *
 * @param problems gets a line for each entry that cannot be read
 */
export async function listFiles(folder: string, problems: string[]): Promise<readonly ListedFile[]> {
  return listBelow(folder, "", [identityOf(await stat(folder, { bigint: true }))], problems);
}

async function listBelow(
  folder: string,
  below: string,
  above: readonly string[],
  problems: string[],
): Promise<readonly ListedFile[]> {
  const place = join(folder, below);
  const names: readonly string[] = await readdir(place).catch((error: unknown) => {
    problems.push(fileProblem(place, error));
    return [];
  });
  const found = await Promise.all(
    names
      .toSorted()
      .filter((name) => !name.startsWith(".") && name !== "__pycache__")
      .map(async (name): Promise<readonly ListedFile[]> => {
        const path = below === "" ? name : `${below}/${name}`;
        const source = join(folder, path);
        const stats = await statOf(source, problems);
        if (stats === undefined) return [];
        if (stats.isFile()) return [{ path, source, stats }];
        if (!stats.isDirectory()) problems.push(`${source}: is neither a file nor a folder`);
        else if (above.includes(identityOf(stats))) {
          problems.push(`${source}: is a link that leads back to a folder above it`);
        } else return listBelow(folder, path, [...above, identityOf(stats)], problems);
        return [];
      }),
  );
  return found.flat();
}

/** The target of a link. */
async function statOf(source: string, problems: string[]): Promise<BigIntStats | undefined> {
  try {
    return await stat(source, { bigint: true });
  } catch (error) {
    const target = await readlink(source).catch(() => undefined);
    problems.push(problemOf(source, target, error));
    return undefined;
  }
}

function problemOf(source: string, target: string | undefined, error: unknown): string {
  if ((error as NodeJS.ErrnoException).code !== "ENOENT") return fileProblem(source, error);
  if (target !== undefined) return `${source}: is a link that leads nowhere, to ${target}`;
  return source.includes(UNREADABLE)
    ? `${source}: has a name that is not UTF-8; rename it`
    : fileProblem(source, error);
}

function identityOf({ dev, ino }: BigIntStats): string {
  return `${dev}:${ino}`;
}
