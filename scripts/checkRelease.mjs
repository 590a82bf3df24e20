// Whether a tag may be published: `node scripts/checkRelease.mjs v0.2.0`. Both packages have its version, each takes the
// other of that version, and CHANGELOG.md says what is in it.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");
const LOCAL = "azure-mlflow-rollout-local";

const tag = process.argv[2] ?? "";
const version = tag.replace(/^v/, "");
const own = JSON.parse(read("package.json"));
const local = JSON.parse(read("local/package.json"));
const problems = [
  ...(/^v\d+\.\d+\.\d+(-[\w.]+)?$/.test(tag)
    ? []
    : [`the tag must be a version such as v0.2.0, got ${JSON.stringify(tag)}`]),
  ...wrong("package.json: version", own.version),
  ...wrong("local/package.json: version", local.version),
  ...wrong(`package.json: peerDependencies.${LOCAL}`, own.peerDependencies[LOCAL]),
  ...wrong(`package.json: devDependencies.${LOCAL}`, own.devDependencies[LOCAL]),
  ...([...read("CHANGELOG.md").matchAll(/^## \[?([^\]\s]+)/gm)].some(([, heading]) => heading === version)
    ? []
    : [`CHANGELOG.md: has no section "## ${version}"; rename "## Unreleased"`]),
];

for (const problem of problems) console.error(`release: ${problem}`);
process.exitCode = problems.length === 0 ? 0 : 1;

function wrong(what, found) {
  return found === version ? [] : [`${what} is ${found}, the tag says ${version}`];
}

function read(path) {
  return readFileSync(join(ROOT, path), "utf8");
}
