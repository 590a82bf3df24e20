// Compiles both packages from nothing before one is packed: what a moved or deleted source has left in dist stays behind.
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");

for (const folder of ["dist", join("local", "dist")]) rmSync(join(ROOT, folder), { recursive: true, force: true });
const { status } = spawnSync("npm", ["run", "--silent", "build"], {
  cwd: ROOT,
  // npm pack prints the name of the tarball on stdout.
  stdio: ["ignore", 2, 2],
  shell: process.platform === "win32",
});
process.exitCode = status ?? 1;
