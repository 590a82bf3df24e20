import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** When a file, or the newest file of a folder, was last changed, in milliseconds. */
export function newest(path) {
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.mtimeMs;
  return Math.max(stats.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}
