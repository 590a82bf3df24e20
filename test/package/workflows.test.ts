import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { ROOT } from "../../driver/paths";

const WORKFLOWS = join(".github", "workflows");
const TEMPLATES = join("templates", "ci", "github");
const FILES = [WORKFLOWS, TEMPLATES].flatMap((folder) =>
  readdirSync(join(ROOT, folder)).map((name) => join(folder, name)),
);
const { scripts, version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
  readonly scripts: Readonly<Record<string, string>>;
  readonly version: string;
};
const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");
const usesIn = (text: string): readonly string[] => [...text.matchAll(/uses: (.*)/g)].map(([, action = ""]) => action);

describe.each(FILES)("%s", (path) => {
  test("takes each action by the hash of a version", () => {
    const used = usesIn(read(path));
    expect(used.length).toBeGreaterThan(0);
    expect(used.filter((action) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action))).toEqual([]);
  });

  test("may read the repository, and not write it", () => {
    expect(parse(read(path))).toMatchObject({ permissions: { contents: "read" } });
  });
});

test("one action has one version", () => {
  const used = new Set(FILES.flatMap((path) => usesIn(read(path))));
  expect(new Set([...used].map((action) => action.split("@")[0])).size).toBe(used.size);
});

test("the scripts that the workflows run exist", () => {
  const own = FILES.filter((path) => path.startsWith(WORKFLOWS)).map(read);
  const named = own.flatMap((text) => [...text.matchAll(/npm run ([\w:]+)/g)].map(([, name = ""]) => name));
  expect(named).toContain("lint:package");
  expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
});

describe("what may be released", () => {
  const check = (tag: string): string =>
    spawnSync(process.execPath, [join(ROOT, "scripts", "checkRelease.mjs"), tag], { encoding: "utf8" }).stderr;

  test("a tag has the version of both packages, and the changelog names it", () => {
    expect(check("v999.0.0").trimEnd().split("\n")).toEqual([
      `release: package.json: version is ${version}, the tag says 999.0.0`,
      `release: local/package.json: version is ${version}, the tag says 999.0.0`,
      `release: package.json: peerDependencies.azure-mlflow-rollout-local is ${version}, the tag says 999.0.0`,
      `release: package.json: devDependencies.azure-mlflow-rollout-local is ${version}, the tag says 999.0.0`,
      'release: CHANGELOG.md: has no section "## 999.0.0"; rename "## Unreleased"',
    ]);
    expect(check(`v${version}`)).not.toContain("version is");
  });

  test("anything else is refused", () => {
    expect(check("main")).toContain('release: the tag must be a version such as v0.2.0, got "main"');
  });
});
