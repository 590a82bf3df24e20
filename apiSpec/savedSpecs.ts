import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join, sep } from "node:path";
import { SHARED } from "../driver/paths";

/** Microsoft's saved API specifications, beside the project and never in it. */
const SAVED = join(SHARED, "specs");
const OVERLAY = join(SAVED, "overlay-2025-12-01.mjs");

export const specsAreSaved = existsSync(OVERLAY);
/** Ends the name of a test that needs the specifications. */
export const WITHOUT_SPECS = specsAreSaved ? "" : " (skipped: ../shared/specs is missing)";

/**
 * Writes the specifications into a folder in the form that the validator reads: the derived Azure ML 2025-12-01 beside
 * the saved ones, every enum closed.
 */
export function prepareSpecs(folder: string): void {
  execFileSync(process.execPath, [OVERLAY, folder]);
  const noExamples = (path: string) => !path.split(sep).includes("examples");
  cpSync(join(SAVED, "specification"), join(folder, "specification"), { recursive: true, filter: noExamples });
  for (const file of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    if (!file.endsWith(".json") || !noExamples(file)) continue;
    const path = join(folder, file);
    const text = closeEnums(readFileSync(path, "utf8"));
    chmodSync(path, 0o644);
    writeFileSync(path, text);
  }
}

/** The validator passes any text where an enum is `modelAsString`, which nearly all of Azure's are. */
export function closeEnums(swagger: string): string {
  const closed = (key: string, value: unknown) => (key === "modelAsString" ? false : value);
  return JSON.stringify(JSON.parse(swagger.replace(/^\uFEFF/, ""), closed));
}
