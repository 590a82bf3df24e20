import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runNpm } from "./install";

/** The lines of Node that are supported, beside the one that runs this. */
export const NODES = ["20", "22", "24"] as const;

/** A Node version, or why it is unavailable. */
export type NodeFound = { readonly folder: string } | { readonly missing: string };

/** The newest Node of a line, which the npm package `node` brings. */
export async function findNode(line: string, place: string): Promise<NodeFound> {
  const folder = join(place, `node-${line}`);
  const bin = join(folder, "node_modules", "node", "bin");
  const name = process.platform === "win32" ? "node.exe" : "node";
  if (existsSync(join(bin, name))) return { folder: bin };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true }));
  try {
    await runNpm(folder, "install", "--no-audit", "--no-fund", "--no-package-lock", `node@${line}`);
  } catch (error) {
    return { missing: error instanceof Error ? error.message : String(error) };
  }
  return existsSync(join(bin, name)) ? { folder: bin } : { missing: `the npm package node@${line} brought no program` };
}
