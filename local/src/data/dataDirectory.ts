import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { FolderLock } from "./folderLock";

/** What is wrong with the content of a file, or undefined when it is what it should be. */
export type ContentCheck = (content: unknown) => string | undefined;

/** A folder that one server at a time keeps its files in. */
export class DataDirectory {
  /** Absolute, for clients that run elsewhere. */
  readonly path: string;
  private readonly lock: FolderLock;

  /** @throws Error when the folder cannot be made or another server uses it */
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
   * What was written under a name, or undefined when nothing was.
   *
   * @throws Error that names the file when it is no JSON or not of the form
   */
  read(name: string, form: ContentCheck): unknown {
    const file = join(this.path, name);
    if (!existsSync(file)) return undefined;
    const content = parsed(file);
    const problem = form(content);
    if (problem !== undefined) throw unusableFile(file, `is broken (${problem})`);
    return content;
  }

  /** Replaces what is under a name, or leaves it as it is when the machine stops in the middle. */
  write(name: string, content: unknown): void {
    const file = join(this.path, name);
    writeFileSync(`${file}.new`, JSON.stringify(content), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }

  release(): void {
    this.lock.release();
  }
}

/** The refusal for a file that a server cannot start with. */
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
