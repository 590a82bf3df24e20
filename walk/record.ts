import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DOCS, ROOT } from "../driver/paths";
import { screensIn, steady, withScreens } from "./screens";
import type { Screen } from "./screens";

/** Screens of the last recorded run. */
export const RECORD = join(DOCS, "verbs.json");

/** The pages that may show screens. */
export function screenPages(): readonly string[] {
  const pages = readdirSync(DOCS).filter((name) => name.endsWith(".md"));
  return [join(ROOT, "README.md"), ...pages.map((name) => join(DOCS, name))];
}

/** Keeps the screens of a run, and puts them into the pages that show them. */
export function record(run: readonly Screen[]): void {
  const screens = run.map(steady);
  writeFileSync(RECORD, `${JSON.stringify(screens, null, 2)}\n`);
  for (const page of screenPages()) {
    const text = readFileSync(page, "utf8");
    if (screensIn(text).length > 0) writeFileSync(page, withScreens(text, screens));
  }
}
