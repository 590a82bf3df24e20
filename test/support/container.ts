import { spawnSync } from "node:child_process";
import { loadScorer } from "../../local/src/scoring/scorer";
import type { Scorer } from "../../local/src/scoring/scorer";
import type { ModelFiles } from "./modelFiles";
import { PYTHON } from "./python";

/** A container with a Python model, without an Azure around it. */
export interface TestContainer {
  readonly scorer: Scorer;
  readonly log: readonly string[];
  readonly stopping: AbortController;
}

export async function startContainer(
  files: ModelFiles,
  environment: Readonly<Record<string, string>> = {},
): Promise<TestContainer> {
  const log: string[] = [];
  const stopping = new AbortController();
  const paths = Object.keys(files);
  const read = async (path: string) => Buffer.from(files[path] ?? "");
  const container = {
    python: PYTHON,
    environment,
    signal: stopping.signal,
    log: (line: string) => void log.push(line),
  };
  return { scorer: await loadScorer({ paths, read }, container), log, stopping };
}

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  // What has ended stays in the table until its parent, which may not care, asks for its end.
  const { stdout } = spawnSync("ps", ["-o", "stat=", "-p", `${pid}`], { encoding: "utf8" });
  return !stdout.startsWith("Z");
}
