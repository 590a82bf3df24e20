import type { BigIntStats } from "node:fs";
import { open } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { fileProblem, ModelFolderError } from "./folderError";

/** A file that is read from its beginning to its end. */
export class OpenFile {
  private constructor(
    private readonly source: string,
    private readonly handle: FileHandle,
  ) {}

  /** @throws ModelFolderError here and in what is called, for a file that the operating system does not give */
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

  /** Reads on until the buffer is full or the file is at its end. @returns how many bytes there are */
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
