import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../driver/paths";

export const README = readFileSync(join(ROOT, "README.md"), "utf8");

/** The fenced blocks of a language. */
export function blocksOf(language: string): readonly string[] {
  return [...README.matchAll(/^[ ]*```(\w+)\n([\s\S]*?)^[ ]*```$/gm)]
    .filter(([, found]) => found === language)
    .map(([, , text = ""]) => text);
}

/** The output that the README shows for a command, line by line. */
export function shownOutput(command: string): readonly string[] {
  const [, after] = README.split(`<!-- output: ${command} -->\n\n\`\`\`text\n`);
  if (after === undefined) throw new Error(`the README shows no output of ${command}`);
  return (after.split("\n```")[0] ?? "").split("\n");
}
