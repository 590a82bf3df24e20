import { spawnSync } from "node:child_process";

/** Ends a process and everything that it started at once, as a machine that loses power does. */
export function killTree(root: number): void {
  const { stdout } = spawnSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" });
  const parents = stdout
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number))
    .map(([pid = 0, parent = 0]) => ({ pid, parent }));
  const doomed = [root];
  for (const pid of doomed) doomed.push(...parents.filter(({ parent }) => parent === pid).map((child) => child.pid));
  for (const pid of doomed) kill(pid);
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended meanwhile.
  }
}
