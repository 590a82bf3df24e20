import { createHash, randomUUID } from "node:crypto";
import type { BigIntStats } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { isSettled, stampOf } from "./openFile";

const SHA256 = /^[0-9a-f]{64}$/;
/** Caches not written for this long belong to folders that are gone. */
const KEPT_MS = 90 * 24 * 3600 * 1000;

/** Hashes of the files of one folder, from one run to the next. */
export interface HashCache {
  /** @param path below the folder */
  get(path: string, stats: BigIntStats): string | undefined;
  /** @param now when the file was last checked, in milliseconds since 1970 */
  set(path: string, stats: BigIntStats, sha256: string, now: number): void;
  /** Saves the entries that were set or found; the others belong to deleted files. */
  save(): Promise<void>;
}

/**
 * Opens the cache of a folder, a file of its own below `PULUMI_HOME` (`~/.pulumi` unless set). It only saves time: an
 * unreadable cache counts as empty, a failed write is ignored. The file is replaced as a whole, so the last of two
 * processes wins.
 */
export async function openHashCache(folder: string): Promise<HashCache> {
  const directory = cacheDirectory();
  const file = join(directory, `${createHash("sha256").update(resolve(folder)).digest("hex").slice(0, 32)}.json`);
  const before = await readEntries(file);
  const kept = new Map<string, Entry>();
  let isChanged = false;
  return {
    get: (path, stats) => {
      const entry = before.get(path);
      if (entry?.[0] !== stampOf(stats)) return undefined;
      kept.set(path, entry);
      return entry[1];
    },
    set: (path, stats, sha256, now) => {
      if (!isSettled(stats, now)) return;
      kept.set(path, [stampOf(stats), sha256]);
      isChanged = true;
    },
    save: async () => {
      if (isChanged) await write(directory, file, kept).catch(() => undefined);
    },
  };
}

/** Stamp and SHA-256 of a file. */
type Entry = readonly [string, string];

function cacheDirectory(): string {
  return join(process.env["PULUMI_HOME"] ?? join(homedir(), ".pulumi"), "azure-mlflow-rollout", "hashes");
}

async function readEntries(file: string): Promise<ReadonlyMap<string, Entry>> {
  try {
    const saved: unknown = JSON.parse(await readFile(file, "utf8"));
    return new Map(Object.entries(saved as object).filter((entry): entry is [string, Entry] => isEntry(entry[1])));
  } catch {
    return new Map();
  }
}

function isEntry(entry: unknown): entry is Entry {
  return Array.isArray(entry) && typeof entry[0] === "string" && SHA256.test(String(entry[1]));
}

async function write(directory: string, file: string, entries: ReadonlyMap<string, Entry>): Promise<void> {
  await mkdir(directory, { recursive: true });
  const draft = `${file}.${randomUUID()}`;
  try {
    await writeFile(draft, JSON.stringify(Object.fromEntries(entries)));
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  await removeOld(directory);
}

async function removeOld(directory: string): Promise<void> {
  for (const name of await readdir(directory)) {
    const path = join(directory, name);
    if (Date.now() - (await stat(path)).mtimeMs > KEPT_MS) await rm(path, { force: true });
  }
}
