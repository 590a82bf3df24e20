import type { Violation } from "../rollout/violation";
import { show } from "../rollout/violation";
import { checkInputText, isDeferred, isKnownMap } from "./plain";

/** Azure ends tag values at 256 characters. */
const MAX_VALUE = 256;

export function checkTags(tags: unknown): Violation[] {
  if (tags === undefined || isDeferred(tags)) return [];
  if (!isKnownMap(tags)) return [{ path: "tags", reason: `must be a map of names to text, got ${show(tags)}` }];
  return Object.entries(tags).flatMap(([name, value]) => {
    if (value === undefined) return [{ path: `tags.${name}`, reason: "must be text, got undefined" }];
    return checkInputText(`tags.${name}`, value, (text) =>
      text.length > MAX_VALUE ? `has ${text.length} characters; Azure takes at most ${MAX_VALUE}` : undefined,
    );
  });
}
