import { isAdopted } from "../settings/kinds";
import { MAX_STORAGE_TAG_NAME, MAX_TAGS, MAX_TAG_NAME, MAX_TAG_VALUE } from "../rollout/tagLimits";
import { MAX_DECLARED_TAGS, checkTagCases, checkTagName } from "../rollout/tagRules";
import type { Violation } from "../values/violation";
import { checkTexts } from "./scalars";
import { isKnownMap } from "./literals";

/** The tags of every created resource; the endpoint has the package's own too. */
export function checkComponentTags(tags: unknown, workspace: unknown): Violation[] {
  const count = namesOf(tags).length;
  const tooMany =
    `has ${count} tags; Azure takes ${MAX_TAGS} on a resource, and ${MAX_TAGS - MAX_DECLARED_TAGS} of them are this ` +
    `package's own on the endpoint: use at most ${MAX_DECLARED_TAGS}, remove ${count - MAX_DECLARED_TAGS}`;
  return [
    ...(count > MAX_DECLARED_TAGS ? [{ path: "tags", reason: tooMany }] : []),
    ...checkTagTexts("tags", tags, makesStorage(workspace) ? MAX_STORAGE_TAG_NAME : MAX_TAG_NAME),
    ...checkTagCases("tags", namesOf(tags)),
  ];
}

/** The tags of a deployment, which gets the component's too. */
export function checkDeploymentTags(path: string, own: unknown, ofComponent: unknown): Violation[] {
  const [names, all] = [namesOf(own), namesOf(ofComponent)];
  const others = all.filter((name) => !names.includes(name));
  const count = names.length + others.length;
  const tooMany = `are ${count} with those of the component; Azure takes ${MAX_TAGS} on a resource, remove ${count - MAX_TAGS}`;
  const ownPaths = new Set(names.map((name) => `${path}.${name}`));
  return [
    ...(names.length > 0 && count > MAX_TAGS ? [{ path, reason: tooMany }] : []),
    ...checkTagTexts(path, own, MAX_TAG_NAME),
    ...checkTagCases(path, [...others, ...names]).filter((same) => ownPaths.has(same.path)),
  ];
}

function checkTagTexts(path: string, tags: unknown, longestName: number): Violation[] {
  return checkTexts(
    path,
    tags,
    (text) =>
      text.length > MAX_TAG_VALUE ? `has ${text.length} characters; Azure takes at most ${MAX_TAG_VALUE}` : undefined,
    (name) => checkTagName(name, longestName),
  );
}

function namesOf(tags: unknown): readonly string[] {
  return isKnownMap(tags) ? Object.keys(tags) : [];
}

/** Whether a storage account is created, with the workspace. */
function makesStorage(workspace: unknown): boolean {
  if (!isKnownMap(workspace)) return workspace === undefined;
  return !isAdopted(workspace) && workspace["associatedStorageAccountResourceId"] === undefined;
}
