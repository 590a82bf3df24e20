import { RECORD_TAGS, isRecordTag } from "./record";
import { MAX_STORAGE_TAG_NAME, MAX_TAGS, MAX_TAG_NAME } from "./tagLimits";
import type { Violation } from "../values/violation";
import { isSameName } from "../values/sameName";

const FORBIDDEN = /[<>%&\\?/]/;
const RESERVED = /^(microsoft|azure|windows)/i;

/** Tags left for the program on an endpoint, besides the record of its steps. */
export const MAX_DECLARED_TAGS = MAX_TAGS - Object.keys(RECORD_TAGS).length;

/** What is wrong with a tag's name, or undefined when Azure accepts it. */
export function checkTagName(name: string, longest: number = MAX_TAG_NAME): string | undefined {
  if (name === "") return "must have a name, got an empty one";
  if (name.length > longest) {
    const where = longest === MAX_STORAGE_TAG_NAME ? " on the storage account that is created" : "";
    return `has a name of ${name.length} characters; Azure takes at most ${longest}${where}`;
  }
  const [character] = FORBIDDEN.exec(name) ?? [];
  if (character !== undefined) return `has ${character} in its name; Azure takes none of < > % & \\ ? /`;
  const [prefix] = RESERVED.exec(name) ?? [];
  if (prefix !== undefined) return `begins with ${prefix}, which Azure reserves; give it another name`;
  return isRecordTag(name) ? "is the name of a record that this package keeps; give it another name" : undefined;
}

/** Azure compares tag names ignoring case. */
export function checkTagCases(path: string, names: readonly string[]): Violation[] {
  return names.flatMap((name, index) => {
    const same = names.slice(0, index).find((other) => isSameName(other, name));
    if (same === undefined) return [];
    const reason = `differs from ${same} only in case, and Azure treats them as the same; remove one of them`;
    return [{ path: `${path}.${name}`, reason }];
  });
}

/** All tags that a step writes on an endpoint: the program's, the record of the step, and others'. */
export function checkTagCount(tags: Readonly<Record<string, unknown>>): Violation[] {
  const count = Object.keys(tags).length;
  if (count <= MAX_TAGS) return [];
  const own = Object.keys(tags).filter(isRecordTag).length;
  const reason =
    `the endpoint would have ${count} tags, with ${own} of this package and those that others have put there; Azure ` +
    `takes at most ${MAX_TAGS}, remove ${count - MAX_TAGS}`;
  return [{ path: "tags", reason }];
}
