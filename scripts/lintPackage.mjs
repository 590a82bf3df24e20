// Packs both packages as npm would publish them and has publint and attw (Are the Types Wrong?) look at the tarballs.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");
const TOOLS = join(ROOT, "node_modules");
const PUBLINT = join(TOOLS, "publint", "src", "cli.js");
const ATTW = join(TOOLS, "@arethetypeswrong", "cli", "dist", "index.js");

const folder = mkdtempSync(join(tmpdir(), "package-"));
try {
  npm("run", "--silent", "build");
  const packed = JSON.parse(
    npm("pack", "--ignore-scripts", "--json", "--pack-destination", folder, "--workspaces", "--include-workspace-root"),
  );
  for (const { name, filename, size, entryCount } of Object.values(packed)) {
    console.log(`${name}: ${entryCount} files, ${Math.round(size / 1024)} KiB packed`);
    const tarball = join(folder, filename.replace("@", "").replace("/", "-"));
    run(process.execPath, [PUBLINT, "run", tarball, "--strict"]);
    run(process.execPath, [ATTW, tarball, "--no-definitely-typed", "--format", "ascii", "--no-emoji", "--no-color"]);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function run(command, args) {
  const { status } = spawnSync(command, args, { cwd: ROOT, stdio: ["ignore", 1, 2] });
  if (status !== 0) process.exitCode = 1;
}

function npm(...args) {
  const options = {
    cwd: ROOT,
    encoding: "utf8",
    stdio: ["ignore", "pipe", 2],
    maxBuffer: 2 ** 26,
    shell: process.platform === "win32",
  };
  const { status, stdout } = spawnSync("npm", args, options);
  if (status !== 0) throw new Error(`npm ${args[0]} failed:\n${stdout}`);
  return stdout;
}
