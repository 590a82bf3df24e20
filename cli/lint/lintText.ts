import { basename } from "node:path";
import { printable } from "../terminal/columns";
import type { Severity } from "./finding";
import type { LintedFile } from "./lint";

/** What was found, a line each. */
export function lintText(files: readonly LintedFile[]): string {
  const lines = files.flatMap(({ file, findings }) => [
    `${basename(file)}${findings.length === 0 ? "  nothing to say" : ""}`,
    ...findings.map(({ severity, path, reason }) => `  ${severity.padEnd(7)}  ${printable(`${path}: ${reason}`)}`),
  ]);
  const total = (["error", "warning", "note"] as const).map((severity) => counted(countOf(files, severity), severity));
  return [...lines, total.join(", ")].join("\n");
}

export function countOf(files: readonly LintedFile[], wanted: Severity): number {
  return files.flatMap(({ findings }) => findings).filter(({ severity }) => severity === wanted).length;
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}
