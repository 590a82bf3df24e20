import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runCommand } from "../../local/src/common/command";
import type { Packages } from "./versions";
import { ROOT } from "../../driver/paths";

const UNIT_TEST = join(ROOT, "test", "testing", "example");
/** What a project in TypeScript has beside the packages, in the versions of this repository. */
const { devDependencies: OWN } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
  readonly devDependencies: Readonly<Record<string, string>>;
};
const TOOLS = Object.fromEntries(["typescript", "tsx", "@types/node"].map((name) => [name, OWN[name]]));

/** Tarballs of both packages. */
export interface Tarballs {
  readonly main: string;
  readonly local: string;
}

/** Both packages as npm would publish them, each named by its content. */
export async function packPackages(folder: string): Promise<Tarballs> {
  return {
    main: await pack(ROOT, "azure-mlflow-rollout", join(folder, "package")),
    local: await pack(join(ROOT, "local"), "azure-mlflow-rollout-local", join(folder, "package-local")),
  };
}

async function pack(source: string, name: string, target: string): Promise<string> {
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  await runNpm(source, "pack", "--ignore-scripts", "--silent", "--pack-destination", target);
  const [packed] = readdirSync(target);
  if (packed === undefined) throw new Error("npm pack made nothing");
  const hash = createHash("sha256")
    .update(readFileSync(join(target, packed)))
    .digest("hex");
  const file = join(target, `${name}-${hash.slice(0, 12)}.tgz`);
  renameSync(join(target, packed), file);
  return file;
}

/**
 * A project of a user with both packages and others installed: npm refuses what the peer ranges exclude.
 *
 * @throws Error in npm's words
 */
export async function installProject(folder: string, { main, local }: Tarballs, packages: Packages): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const dependencies = { ...packages, "azure-mlflow-rollout": `file:${main}` };
  const devDependencies = { ...TOOLS, "azure-mlflow-rollout-local": `file:${local}` };
  const manifest = { private: true, dependencies, devDependencies };
  const file = join(folder, "package.json");
  const text = JSON.stringify(manifest, undefined, 2);
  const isInstalled = existsSync(join(folder, "node_modules", ".package-lock.json"));
  if (!isInstalled || readFileSync(file, "utf8") !== text) {
    writeFileSync(file, text);
    await runNpm(
      folder,
      "install",
      "--ignore-scripts",
      "--no-audit",
      "--no-fund",
      "--no-package-lock",
      "--prefer-offline",
    );
  }
  for (const name of readdirSync(UNIT_TEST)) cpSync(join(UNIT_TEST, name), join(folder, name));
}

export async function runNpm(cwd: string, ...args: readonly string[]): Promise<void> {
  const { code, errors } = await runCommand("npm", args, { cwd });
  if (code !== 0) throw new Error(`npm ${args[0] ?? ""}: ${errors.filter((line) => /npm error/.test(line)).join(" ")}`);
}
