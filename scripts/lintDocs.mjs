// Checks that every relative link and anchor of the pages leads somewhere.
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");
const FENCE = /^[ ]*(```|~~~)[\s\S]*?^[ ]*\1[^\n]*$/gm;
/** `[text](target)` and `![text](target)`. */
const LINK = /\]\(<?([^()\s>]+(?:\([^()\s]*\)[^()\s]*)?)>?\)/g;

const anchors = new Map();
const broken = [];
let links = 0;
for (const page of pages()) {
  const text = readFileSync(page, "utf8")
    .replaceAll(FENCE, "")
    .replaceAll(/`[^`\n]*`/g, "");
  for (const [, target] of text.matchAll(LINK)) {
    if (/^[a-z]+:/i.test(target)) continue;
    links += 1;
    const problem = problemOf(page, target);
    if (problem !== undefined) broken.push(`${relative(ROOT, page)}: ${target}: ${problem}`);
  }
}
for (const line of broken) console.error(line);
if (broken.length > 0) process.exitCode = 1;
else console.log(`${links} links lead somewhere`);

/** The pages that people read: at the root, in docs/, and every README. */
function pages() {
  const found = [ROOT, join(ROOT, "docs")].flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith(".md"))
      .map((name) => join(folder, name)),
  );
  const examples = readdirSync(join(ROOT, "examples")).map((name) => join(ROOT, "examples", name, "README.md"));
  return [...found, join(ROOT, "local", "README.md"), ...examples.filter((page) => existsSync(page))];
}

function problemOf(page, target) {
  const [path = "", anchor] = decodeURIComponent(target).split("#");
  const file = path === "" ? page : resolve(dirname(page), path);
  if (!existsSync(file)) return "no such file";
  if (anchor === undefined || anchor === "") return undefined;
  if (statSync(file).isDirectory() || !file.endsWith(".md")) return undefined;
  return anchorsOf(file).has(anchor) ? undefined : "no such heading";
}

/** The ids that GitHub gives to the headings of a page, and those that it sets itself. */
function anchorsOf(file) {
  const known = anchors.get(file);
  if (known !== undefined) return known;
  const text = readFileSync(file, "utf8").replaceAll(FENCE, "");
  const found = new Set([...text.matchAll(/<a (?:id|name)="([^"]+)"/g)].map(([, id]) => id));
  const counts = new Map();
  for (const [, heading] of text.matchAll(/^#{1,6} +(.+?) *#*$/gm)) {
    const id = slugOf(heading);
    const count = counts.get(id) ?? 0;
    counts.set(id, count + 1);
    found.add(count === 0 ? id : `${id}-${count}`);
  }
  anchors.set(file, found);
  return found;
}

function slugOf(heading) {
  const words = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1").toLowerCase();
  return words
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
    .trim()
    .replaceAll(/\s/g, "-");
}
