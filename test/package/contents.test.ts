import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { ROOT } from "../../driver/paths";

interface Packed {
  readonly name: string;
  readonly files: readonly { readonly path: string }[];
}

/** Files that belong to a checkout and not to a package. */
const LEFTOVER =
  /\.tsbuildinfo$|\.map$|\.test\.|(^|\/)(test|prove|demo|bench|__pycache__|node_modules)\/|\.jsonl$|\.pyc$/;
const PACKAGES = { "azure-mlflow-rollout": ROOT, "azure-mlflow-rollout-local": join(ROOT, "local") };

let packed: readonly Packed[];

beforeAll(() => {
  const args = ["pack", "--dry-run", "--json", "--ignore-scripts", "--workspaces", "--include-workspace-root"];
  const options = { cwd: ROOT, encoding: "utf8", maxBuffer: 2 ** 26, stdio: "pipe" } as const;
  packed = Object.values(JSON.parse(execFileSync("npm", args, options)) as Packed[]);
});

describe.each(Object.entries(PACKAGES))("%s", (name, folder) => {
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Record<string, unknown>;
  const filesOf = (): readonly string[] => packed.find((each) => each.name === name)?.files.map((it) => it.path) ?? [];

  test("has a licence, a README and no leftovers of a build", () => {
    expect(filesOf()).toEqual(expect.arrayContaining(["LICENSE", "README.md", "package.json"]));
    expect(filesOf().filter((path) => LEFTOVER.test(path))).toEqual([]);
  });

  test("says where it comes from, and its code names no map that is not in it", () => {
    expect(Object.keys(manifest)).toEqual(expect.arrayContaining(["repository", "bugs", "homepage", "license"]));
    const scripts = filesOf().filter((path) => path.endsWith(".js"));
    expect(scripts.length).toBeGreaterThan(100);
    expect(scripts.filter((path) => readFileSync(join(folder, path), "utf8").includes("sourceMappingURL="))).toEqual(
      [],
    );
  });
});

test("both have one licence and one version, and the first takes the second of its own version only", () => {
  const [own, local] = Object.values(PACKAGES).map(
    (folder) => JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Record<string, unknown>,
  );
  expect(readFileSync(join(ROOT, "local", "LICENSE"), "utf8")).toBe(readFileSync(join(ROOT, "LICENSE"), "utf8"));
  expect(local?.["version"]).toBe(own?.["version"]);
  expect(own?.["peerDependencies"]).toMatchObject({ "azure-mlflow-rollout-local": own?.["version"] });
});

test("what README links to in docs/ is in the package", () => {
  const links = [...readFileSync(join(ROOT, "README.md"), "utf8").matchAll(/\]\((docs\/[^)#\s]+)/g)];
  const paths = new Set(packed.find(({ name }) => name === "azure-mlflow-rollout")?.files.map((file) => file.path));
  expect(links.length).toBeGreaterThan(10);
  expect(links.map(([, path = ""]) => path).filter((path) => !paths.has(path))).toEqual([]);
});
