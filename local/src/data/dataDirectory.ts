import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { FolderLock } from "./folderLock";

/** What is wrong with a file's content, or undefined. */
export type ContentCheck = (content: unknown) => string | undefined;

/** A folder for the files of one server at a time. */
export class DataDirectory {
  /** Absolute, for clients that run elsewhere. */
  readonly path: string;
  private readonly lock: FolderLock;

  /** @throws Error when the folder cannot be created or another server uses it */
  constructor(path: string) {
    this.path = resolve(path);
    try {
      mkdirSync(this.path, { recursive: true, mode: 0o700 });
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      throw new Error(`the data folder ${this.path} cannot be used (${code ?? "unknown"}); use another one`, {
        cause: error,
      });
    }
    this.lock = new FolderLock(this.path);
  }

  /**
   * The value stored under a name, or undefined.
   *
   * @throws Error that names the file when it is not JSON or not in the expected form
   */
  read(name: string, form: ContentCheck): unknown {
    const file = join(this.path, name);
    if (!existsSync(file)) return undefined;
    const content = parsed(file);
    const problem = form(content);
    if (problem !== undefined) throw unusableFile(file, `is broken (${problem})`);
    return content;
  }

  /** Replaces the value under a name atomically. */
  write(name: string, content: unknown): void {
    const file = join(this.path, name);
    writeFileSync(`${file}.new`, JSON.stringify(content), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }

  release(): void {
    this.lock.release();
  }
}

/** The error for a file that a server cannot start with. */
export function unusableFile(file: string, problem: string, cause?: unknown): Error {
  return new Error(`${file} ${problem}; restore it, or remove the folder to start empty`, { cause });
}

function parsed(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw unusableFile(file, "is not JSON", error);
  }
}
