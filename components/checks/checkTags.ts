import type { Violation } from "../rollout/violation";
import { checkTexts } from "./checkMap";

/** Azure ends tag values at 256 characters. */
const MAX_VALUE = 256;

export function checkTags(tags: unknown, path = "tags"): Violation[] {
  return checkTexts(path, tags, (text) =>
    text.length > MAX_VALUE ? `has ${text.length} characters; Azure takes at most ${MAX_VALUE}` : undefined,
  );
}
