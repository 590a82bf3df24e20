import { readFileSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";

const SOURCES = /\.(ts|mts|cts|js|mjs|cjs|py|go|cs|java|ya?ml)$/;
const SKIPPED = /^(node_modules|dist|bin|\..*|__pycache__|venv)$|^Pulumi\..*\.yaml$/;
const MAX_FILES = 500;

/** Places in a program that set a value, as `index.ts:12: traffic: { a: 90, b: 10 },`. */
export function linesThatSet(folder: string, keys: readonly string[]): readonly string[] {
  const pattern = new RegExp(`\\b(${keys.join("|")})\\b["']?\\s*(:|=[^=>])`);
  return sourceFiles(folder).flatMap((file) => {
    const lines = readFileSync(file, "utf8").split("\n");
    return lines.flatMap((line, index) =>
      pattern.test(line) && !/^\s*(\/\/|#|\*)/.test(line)
        ? [`${relative(folder, file)}:${index + 1}: ${line.trim().slice(0, 80)}`]
        : [],
    );
  });
}

function sourceFiles(folder: string): readonly string[] {
  const found: string[] = [];
  const enter = (place: string): void => {
    for (const entry of readdirSync(place, { withFileTypes: true })) {
      if (found.length >= MAX_FILES) return;
      if (SKIPPED.test(entry.name)) continue;
      if (entry.isDirectory()) enter(join(place, entry.name));
      else if (entry.isFile() && SOURCES.test(entry.name)) found.push(join(place, entry.name));
    }
  };
  enter(folder);
  return found;
}
