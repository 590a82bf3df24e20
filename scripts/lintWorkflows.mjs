// Has actionlint look at the workflows, and at those that "mlflow-rollout init --ci github" writes. It is built from its
// Go module, once; without Go the check is skipped, and says so.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const VERSION = "v1.7.12";
const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");
const WORKFLOWS = join(".github", "workflows");
const TEMPLATES = join("templates", "ci", "github");
const CACHE = join(
  process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"),
  "azure-mlflow-rollout",
  "actionlint",
  VERSION,
);
const PROGRAM = join(CACHE, process.platform === "win32" ? "actionlint.exe" : "actionlint");

if (existsSync(PROGRAM) || build()) {
  const files = [
    ...readdirSync(join(ROOT, WORKFLOWS)).map((name) => join(WORKFLOWS, name)),
    ...readdirSync(join(ROOT, TEMPLATES)).map((name) => join(TEMPLATES, name)),
  ];
  const { status } = spawnSync(PROGRAM, files, { cwd: ROOT, stdio: ["ignore", 1, 2] });
  if (status === 0) console.log(`workflows: ${files.length} passed, 0 failed, 0 skipped`);
  process.exitCode = status ?? 1;
}

/** @returns false when there is no Go */
function build() {
  if (spawnSync("go", ["version"]).error) {
    console.log("workflows: 0 passed, 0 failed, 1 skipped: Go is not on PATH, which actionlint is built with");
    return false;
  }
  mkdirSync(CACHE, { recursive: true });
  const env = { ...process.env, GOBIN: CACHE };
  const module = `github.com/rhysd/actionlint/cmd/actionlint@${VERSION}`;
  const { status } = spawnSync("go", ["install", module], { env, stdio: ["ignore", 2, 2] });
  if (status === 0) return true;
  console.error("workflows: actionlint could not be built");
  process.exitCode = 1;
  return false;
}
