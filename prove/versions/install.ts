import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runCommand } from "../../local/src/common/command";
import type { Packages } from "./versions";
import { ROOT } from "../../driver/paths";

const UNIT_TEST = join(ROOT, "test", "testing", "example");

/** This package as npm would publish it, named by its content. */
export async function packPackage(folder: string): Promise<string> {
  const target = join(folder, "package");
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  await npm(ROOT, "pack", "--ignore-scripts", "--silent", "--pack-destination", target);
  const [packed] = readdirSync(target);
  if (packed === undefined) throw new Error("npm pack made nothing");
  const hash = createHash("sha256")
    .update(readFileSync(join(target, packed)))
    .digest("hex");
  const file = join(target, `azure-mlflow-rollout-${hash.slice(0, 12)}.tgz`);
  renameSync(join(target, packed), file);
  return file;
}

/**
 * A project of a user with the package and others installed: npm refuses what the peer ranges exclude.
 *
 * @throws Error in npm's words
 */
export async function installProject(folder: string, packed: string, packages: Packages): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const manifest = { private: true, dependencies: { ...packages, "azure-mlflow-rollout": `file:${packed}` } };
  const file = join(folder, "package.json");
  const text = JSON.stringify(manifest, undefined, 2);
  const isInstalled = existsSync(join(folder, "node_modules", ".package-lock.json"));
  if (!isInstalled || readFileSync(file, "utf8") !== text) {
    writeFileSync(file, text);
    await npm(
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

async function npm(cwd: string, ...args: readonly string[]): Promise<void> {
  const { code, errors } = await runCommand("nice", ["-n", "19", "npm", ...args], { cwd });
  if (code !== 0) throw new Error(`npm ${args[0] ?? ""}: ${errors.filter((line) => /npm error/.test(line)).join(" ")}`);
}
