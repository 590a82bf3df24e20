import { resolve } from "node:path";
import { ModelFolderError, readModelFolder } from "./folder";
import type { ModelFolder } from "./folder";
import type { ModelVersionArgs } from "../args";
import { entryOf } from "../values/shape";

/** A model folder, or why it cannot be uploaded. */
export interface ReadFolder {
  readonly folder?: ModelFolder;
  /** As a complete phrase. */
  readonly problem?: string;
}

/** The folders by version, for versions that have one; the promises never reject. */
export type ModelFolders = Readonly<Record<string, Promise<ReadFolder>>>;

/**
 * @param unreadable versions whose folder is known to be no use, and why
 * @param say gets a line every few seconds for each folder that takes long
 */
export function readModelFolders(
  versions: Readonly<Record<string, ModelVersionArgs>>,
  unreadable: Readonly<Record<string, string>>,
  say: (line: string) => void,
): ModelFolders {
  const read = Object.entries(versions).flatMap(([version, { path }]) => {
    if (path === undefined) return [];
    const progress = (amount: string): void => say(describeReading(version, path, amount));
    return [[version, readFolder(path, entryOf(unreadable, version), progress)] as const];
  });
  return Object.fromEntries(read);
}

/** `model 2: reading models/2, 3.1 of 12.4 GB` */
export function describeReading(version: string, path: string, amount: string): string {
  return `model ${version}: reading ${path}, ${amount}`;
}

async function readFolder(
  path: string,
  problem: string | undefined,
  progress: (amount: string) => void,
): Promise<ReadFolder> {
  if (problem !== undefined) return { problem };
  try {
    // A program may change its working directory while this is read.
    return { folder: await readModelFolder(resolve(path), progress) };
  } catch (error) {
    const reason = error instanceof ModelFolderError ? error.message : `cannot be read: ${String(error)}`;
    return { problem: reason };
  }
}

/** Versions whose folder cannot be uploaded now, and why. */
export async function folderProblems(folders: ModelFolders): Promise<Readonly<Record<string, string>>> {
  const read = Object.entries(folders).map(async ([version, folder]) => [version, (await folder).problem] as const);
  return Object.fromEntries(
    (await Promise.all(read)).flatMap(([version, it]) => (it === undefined ? [] : [[version, it]])),
  );
}
