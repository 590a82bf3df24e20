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

/** The output that a page shows for a command, line by line. */
export function shownOutput(command: string, page = "README.md"): readonly string[] {
  const [, after] = readFileSync(join(ROOT, page), "utf8").split(`<!-- output: ${command} -->\n\n\`\`\`text\n`);
  if (after === undefined) throw new Error(`${page} shows no output of ${command}`);
  return (after.split("\n```")[0] ?? "").split("\n");
}

/** The lines that the README has a user type under a heading. */
export function typedUnder(heading: string): readonly string[] {
  const [, after = ""] = README.split(`\n## ${heading}\n`);
  const [section = ""] = after.split("\n## ");
  return [...section.matchAll(/^```sh\n([\s\S]*?)\n```$/gm)].flatMap(([, lines = ""]) => lines.split("\n"));
}
