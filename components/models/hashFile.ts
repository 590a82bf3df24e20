import { createHash } from "node:crypto";
import type { BigIntStats } from "node:fs";
import { changedProblem, ModelFolderError } from "./folderError";
import { OpenFile } from "./openFile";
import { stampOf } from "./stamp";

const CHUNK_BYTES = 1024 * 1024;

export interface HashedFile {
  /** Of the file as it was hashed. */
  readonly stats: BigIntStats;
  readonly sha256: string;
}

/**
 * Hashes a file piece by piece.
 *
 * @throws ModelFolderError for a file that cannot be read, or that changes meanwhile
 */
export function hashFile(source: string): Promise<HashedFile> {
  return OpenFile.use(source, async (file) => {
    const stats = await file.stats();
    const size = Number(stats.size);
    const hash = createHash("sha256");
    // One byte more than there should be shows a file that grows.
    const chunk = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, size + 1));
    let read = 0;
    for (let length = await file.fill(chunk); length > 0 && read <= size; length = await file.fill(chunk)) {
      hash.update(chunk.subarray(0, length));
      read += length;
    }
    if (read !== size || stampOf(await file.stats()) !== stampOf(stats)) {
      throw new ModelFolderError([changedProblem(source)]);
    }
    return { stats, sha256: hash.digest("hex") };
  });
}
