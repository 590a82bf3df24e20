import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The files of a stack without resources, by what makes them differ but for the salt of its secrets. */
const made = new Map<string, ReadonlyMap<string, string>>();

/**
 * Makes a stack in a folder. Only the first one of its kind in this process is made by the engine, whose process takes as
 * long as a third of an update; the others are copies.
 *
 * @param kind - of two stacks of a kind, all files are alike
 */
export async function makeFreshStack(folder: string, kind: string, make: () => Promise<void>): Promise<void> {
  const known = made.get(kind);
  if (known === undefined) {
    await make();
    made.set(kind, filesOf(folder));
    return;
  }
  for (const [path, text] of known) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

function filesOf(folder: string): ReadonlyMap<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const files = paths.filter((path) => statSync(join(folder, path)).isFile());
  return new Map(files.map((path) => [path, readFileSync(join(folder, path), "utf8")]));
}
