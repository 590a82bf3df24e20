import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../driver/paths";

const SOURCES = [
  "components",
  "cli",
  "plugin",
  "testing",
  "local/src",
  // Its version is that of the package schema.
  "package.json",
  "tsconfig.json",
  "tsconfig.build.json",
  "local/tsconfig.build.json",
];
/** The compiler's records, whose age is that of the last build. */
const RECORDS = ["dist/.tsbuildinfo", "local/dist/.tsbuildinfo"].map((file) => join(ROOT, file));

/** Compiles what the tests run as a child process, when the sources are newer: the command and the plugins. */
export default function setup(): void {
  const built = Math.min(...RECORDS.map((file) => (existsSync(file) ? statSync(file).mtimeMs : 0)));
  if (SOURCES.every((path) => newest(join(ROOT, path)) <= built)) return;
  const started = new Date();
  const { status, stdout } = spawnSync("npm", ["run", "--silent", "build"], {
    cwd: ROOT,
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  // The compiler writes its output in spite of type errors, which "npm run typecheck" refuses.
  if (status !== 0) console.error(`npm run build:\n${stdout}`);
  for (const file of RECORDS) utimesSync(file, started, started);
}

function newest(path: string): number {
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.mtimeMs;
  return Math.max(stats.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}
