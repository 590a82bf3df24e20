import { homedir, hostname } from "node:os";
import { readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";

/** Who holds the lock of a stack in a file backend. */
export interface LockOwner {
  readonly pid: number;
  readonly username: string;
  readonly hostname: string;
  readonly timestamp: string;
}

/**
 * The locks of a stack in a file backend; none for any other backend, where only `pulumi cancel` knows.
 *
 * @param backendUrl - such as `file:///home/me/state` or `file://~`
 * @param stack - fully qualified name, `organization/project/stack`
 * @param cwd - what a relative backend is relative to
 */
export function readLocks(backendUrl: string, stack: string, cwd: string): readonly LockOwner[] {
  const folder = backendFolder(backendUrl, cwd);
  if (folder === undefined) return [];
  const locks = join(folder, ".pulumi", "locks", ...stack.split("/"));
  return namesIn(locks)
    .filter((name) => name.endsWith(".json"))
    .map((name) => JSON.parse(readFileSync(join(locks, name), "utf8")) as LockOwner);
}

/** The folder of a file backend. */
export function backendFolder(url: string, cwd: string): string | undefined {
  if (!url.startsWith("file://")) return undefined;
  const path = url.slice("file://".length).replace(/\?.*$/, "");
  return resolve(cwd, path.replace(/^~(?=$|\/)/, homedir()));
}

/** Why a lock may still be held; undefined when its owner is gone. */
export function whyHeld(owner: LockOwner, host = hostname(), isAlive = processIsAlive): string | undefined {
  const { pid, username } = owner;
  if (owner.hostname.toLowerCase() !== host.toLowerCase())
    return `it was taken on host ${owner.hostname} by ${username}, pid ${pid}, which cannot be checked from ${host}`;
  return isAlive(pid) ? `the process that took it, pid ${pid} of ${username}, is still running` : undefined;
}

function processIsAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
