import { hostname } from "node:os";

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
