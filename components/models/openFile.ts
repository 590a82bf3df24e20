import type { BigIntStats } from "node:fs";
import { open } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { fileProblem, ModelFolderError, changedProblem } from "./folderError";
import { createHash } from "node:crypto";

/** A file that is read from start to end. */
export class OpenFile {
  private constructor(
    private readonly source: string,
    private readonly handle: FileHandle,
  ) {}

  /** @throws ModelFolderError here and in its methods, for a file that cannot be read */
  static async use<T>(source: string, use: (file: OpenFile) => Promise<T>): Promise<T> {
    const handle = await readable(source, () => open(source));
    try {
      return await use(new OpenFile(source, handle));
    } finally {
      await handle.close();
    }
  }

  stats(): Promise<BigIntStats> {
    return readable(this.source, () => this.handle.stat({ bigint: true }));
  }

  /** Fills the buffer, or reads to the end of the file. @returns the number of bytes read */
  async fill(buffer: Buffer): Promise<number> {
    let length = 0;
    while (length < buffer.length) {
      const { bytesRead } = await readable(this.source, () =>
        this.handle.read(buffer, length, buffer.length - length, null),
      );
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return length;
  }
}

async function readable<T>(source: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw new ModelFolderError([fileProblem(source, error)]);
  }
}

const CHUNK_BYTES = 1024 * 1024;

export interface HashedFile {
  /** Stamp of the file when it was hashed. */
  readonly stats: BigIntStats;
  readonly sha256: string;
}

/**
 * Hashes a file in chunks.
 *
 * @param onRead told of bytes that were read
 * @throws ModelFolderError for a file that cannot be read, or that changes meanwhile
 */
export function hashFile(source: string, onRead: (bytes: number) => void): Promise<HashedFile> {
  return OpenFile.use(source, async (file) => {
    const stats = await file.stats();
    const size = Number(stats.size);
    const hash = createHash("sha256");
    // Reading one byte more than expected detects a growing file.
    const chunk = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, size + 1));
    let read = 0;
    for (let length = await file.fill(chunk); length > 0 && read <= size; length = await file.fill(chunk)) {
      hash.update(chunk.subarray(0, length));
      read += length;
      onRead(length);
    }
    if (read !== size || stampOf(await file.stats()) !== stampOf(stats)) {
      throw new ModelFolderError([changedProblem(source)]);
    }
    return { stats, sha256: hash.digest("hex") };
  });
}

/** Text that differs after each change of a file, or when another file replaces it. */
export function stampOf({ size, mtimeNs, ctimeNs, ino }: BigIntStats): string {
  return [size, mtimeNs, ctimeNs, ino].join(":");
}

/** The resolution of file times; FAT has the coarsest. */
const GRAIN_NS = 2_000_000_000n;

/**
 * Whether a file has been unchanged long enough for a later change to show in its times.
 *
 * @param now milliseconds since 1970
 */
export function isSettled({ mtimeNs, ctimeNs }: BigIntStats, now: number): boolean {
  const latest = mtimeNs > ctimeNs ? mtimeNs : ctimeNs;
  return BigInt(now) * 1_000_000n - latest > GRAIN_NS;
}
