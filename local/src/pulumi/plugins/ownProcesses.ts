import type { ChildProcess } from "node:child_process";

const running = new Set<ChildProcess>();

/**
 * Ends a process together with this one. A program whose engine was killed would not end by itself: it cannot say so to
 * anybody, and Pulumi's SDK tries for ever, with more and more memory.
 */
export function endTogether(child: ChildProcess): void {
  if (!process.listeners("exit").includes(endAll)) process.on("exit", endAll);
  running.add(child);
  child.once("close", () => void running.delete(child));
}

function endAll(): void {
  for (const child of running) child.kill("SIGKILL");
}
