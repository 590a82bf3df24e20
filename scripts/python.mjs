// Makes .venv with the pinned Python packages of the example and of the tests, when it is missing or they have changed:
// what real MLflow needs to score the models, train.py to train them, and Microsoft's ML SDK to walk a rollout.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");
const REQUIREMENTS = [
  join(ROOT, "examples", "heart-classifier", "requirements.txt"),
  join(ROOT, "test", "python", "requirements.txt"),
];
const VENV = join(ROOT, ".venv");
// Written last: a folder without it is one that was left half done.
const STAMP = join(VENV, "installed.txt");
const isWindows = process.platform === "win32";
const PYTHON = isWindows ? "python" : "python3";
const IN_VENV = isWindows ? join(VENV, "Scripts", "python.exe") : join(VENV, "bin", "python");
// The oldest that the pinned numpy is built for.
const MINIMUM = [3, 11];

const requirements = REQUIREMENTS.map((file) => readFileSync(file, "utf8")).join("");
if (existsSync(IN_VENV) && existsSync(STAMP) && readFileSync(STAMP, "utf8") === requirements) {
  say(".venv is up to date");
} else {
  requirePython();
  say("making .venv");
  run(PYTHON, ["-m", "venv", "--clear", VENV]);
  say(`installing ${requirements.trim().split("\n").length} pinned packages and what they need (1.7 GB, minutes)`);
  run(IN_VENV, [
    "-m",
    "pip",
    "install",
    "--disable-pip-version-check",
    "--no-input",
    ...REQUIREMENTS.flatMap((file) => ["-r", file]),
  ]);
  writeFileSync(STAMP, requirements);
  say(`.venv is ready: ${IN_VENV}`);
}

function requirePython() {
  const script = `import sys, ensurepip; raise SystemExit(sys.version_info < (${MINIMUM.join(", ")}))`;
  const { status, error, stderr } = spawnSync(PYTHON, ["-c", script], { encoding: "utf8" });
  const wanted = `Python ${MINIMUM.join(".")} or newer, with its venv module`;
  if (error) fail(`${PYTHON} was not found on PATH; install ${wanted}`);
  if (stderr.includes("ensurepip")) fail(`${PYTHON} has no venv module; install it (Debian, Ubuntu: python3-venv)`);
  if (status !== 0) fail(`${PYTHON} is too old; install ${wanted}`);
}

function run(command, args) {
  const { status, error } = spawnSync(command, args, { cwd: ROOT, stdio: ["ignore", 2, 2] });
  if (error) fail(error.message);
  if (status !== 0) fail(`this failed: ${command} ${args.join(" ")}`);
}

function fail(text) {
  say(text);
  process.exit(1);
}

function say(text) {
  process.stderr.write(`python: ${text}\n`);
}
