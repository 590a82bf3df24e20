// Does what a fresh clone lacks, and nothing else: the locked packages, the compiled command, the Pulumi engine.
// Runs before `npm run demo` and `npm test`, so it needs nothing but Node and npm.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { newest } from "./newest.mjs";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");
const INSTALLED = join(ROOT, "node_modules", ".package-lock.json");
const OUTPUTS = [join(ROOT, "dist", ".tsbuildinfo"), join(ROOT, "local", "dist", ".tsbuildinfo")];
const SOURCES = [
  "components",
  "cli",
  "plugin",
  "testing",
  join("local", "src"),
  "tsconfig.json",
  "tsconfig.build.json",
];

if (!isInstalled()) {
  say("installing the locked packages");
  run("npm", ["ci", "--no-audit", "--no-fund"]);
} else if (isStale()) {
  say("compiling");
  run("npm", ["run", "--silent", "build"]);
}
run(process.execPath, [join("bin", "mlflow-rollout.js"), "engine", "--quiet"]);

/** Whether each package of the lock file for this machine is there in its version. */
function isInstalled() {
  if (!existsSync(INSTALLED)) return false;
  const locked = packagesOf(join(ROOT, "package-lock.json"));
  const installed = packagesOf(INSTALLED);
  return Object.entries(locked).every(
    ([path, { version, optional, link }]) =>
      path === "" || optional || link || !path.startsWith("node_modules/") || installed[path]?.version === version,
  );
}

function packagesOf(lockFile) {
  return JSON.parse(readFileSync(lockFile, "utf8")).packages;
}

function isStale() {
  const built = Math.min(...OUTPUTS.map((file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0));
  return SOURCES.some((path) => newest(join(ROOT, path)) > built);
}

function run(command, args) {
  const { status, error } = spawnSync(command, args, {
    cwd: ROOT,
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
  });
  if (error) say(error.message);
  if (status !== 0) process.exit(status ?? 1);
}

function say(text) {
  process.stderr.write(`setup: ${text}\n`);
}
