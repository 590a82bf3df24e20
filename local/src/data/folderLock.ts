import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Locks held by this process: after a restart, any process may have the recorded process id, this one included. */
const held = new Set<string>();

/** Locks a folder for one server. The lock of a dead process is taken over. */
export class FolderLock {
  private readonly file: string;

  /** @throws Error when another server uses the folder */
  constructor(private readonly folder: string) {
    this.file = join(folder, "lock");
    if (!this.create()) this.takeOver();
    held.add(this.file);
  }

  release(): void {
    held.delete(this.file);
    rmSync(this.file, { force: true });
  }

  private create(): boolean {
    try {
      writeFileSync(this.file, String(process.pid), { flag: "wx", mode: 0o600 });
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      return false;
    }
  }

  private takeOver(): void {
    const owner = readFileSync(this.file, "utf8");
    if (this.isAlive(Number(owner))) throw this.inUse(owner);
    const aside = `${this.file}.${process.pid}`;
    renameSync(this.file, aside);
    // When two processes take over at once, the later one moves the earlier one's lock aside and restores it.
    const moved = readFileSync(aside, "utf8");
    if (moved !== owner) linkSync(aside, this.file);
    rmSync(aside);
    if (moved !== owner || !this.create()) throw this.inUse(moved);
  }

  private isAlive(owner: number): boolean {
    if (owner === process.pid) return held.has(this.file);
    return isRunning(owner);
  }

  private inUse(owner: string): Error {
    return new Error(
      `another local Azure ML uses the folder ${this.folder}; stop it or use another folder (it is process ${owner}; when that is something else, remove ${this.file})`,
    );
  }
}

function isRunning(pid: number): boolean {
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: another user's process, which exists.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
