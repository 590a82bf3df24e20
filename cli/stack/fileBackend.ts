import { readFileSync, readdirSync, rmSync } from "node:fs";
import { homedir, hostname } from "node:os";
import { join, resolve } from "node:path";
import { isSameName } from "../../components/values/sameName";

/** The folder of a file backend such as `file:///home/me/state` or `file://~`; undefined for any other backend. */
export function backendFolder(url: string, cwd: string): string | undefined {
  if (!url.startsWith("file://")) return undefined;
  const path = url.slice("file://".length).replace(/\?.*$/, "");
  return resolve(cwd, path.replace(/^~(?=$|\/)/, homedir()));
}

/**
 * The locks of a stack in a file backend; none for any other backend, where only `pulumi cancel` knows.
 *
 * @param stack - fully qualified name, `organization/project/stack`
 */
export function readLocks(backendUrl: string, stack: string, cwd: string): readonly LockOwner[] {
  const folder = backendFolder(backendUrl, cwd);
  if (folder === undefined) return [];
  const locks = join(folder, ".pulumi", "locks", ...stack.split("/"));
  return namesIn(locks)
    .filter((name) => name.endsWith(".json"))
    .flatMap((name) => readLock(join(locks, name)) ?? []);
}

/** Undefined for a lock that is released or not yet written out while it is read. */
function readLock(file: string): LockOwner | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as LockOwner;
  } catch {
    return undefined;
  }
}

/**
 * Removes attribute files of stacks that a kill cut off while they were written. Pulumi reads a state without one, but
 * with a broken one only says "failed to load checkpoint: EOF"; the state itself is always replaced as a whole.
 *
 * @returns the files that were removed
 */
export function removeBrokenAttributes(backendUrl: string, cwd: string): readonly string[] {
  const folder = backendFolder(backendUrl, cwd);
  if (folder === undefined) return [];
  const stacks = join(folder, ".pulumi", "stacks");
  const broken = namesIn(stacks, true)
    .filter((name) => name.endsWith(".json.attrs"))
    .map((name) => join(stacks, name))
    .filter((file) => !isJson(readFileSync(file, "utf8")));
  for (const file of broken) rmSync(file);
  return broken;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function namesIn(folder: string, recursive = false): readonly string[] {
  try {
    return readdirSync(folder, { recursive, encoding: "utf8" });
  } catch {
    return [];
  }
}

/** Who holds the lock of a stack in a file backend. */
export interface LockOwner {
  readonly pid: number;
  readonly username: string;
  readonly hostname: string;
  readonly timestamp: string;
}

/** Why a lock may still be held; undefined when its owner is gone. */
export function whyHeld(owner: LockOwner, host = hostname(), isAlive = processIsAlive): string | undefined {
  const { pid, username } = owner;
  if (!isSameName(host, owner.hostname))
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
