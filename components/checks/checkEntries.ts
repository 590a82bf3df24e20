import { show } from "../rollout/violation";
import type { Violation } from "../rollout/violation";
import { checkSettings } from "./checkMap";
import { isKnownMap } from "./plain";

/** Names that become part of the names of resources. */
const NAME = /^[a-zA-Z0-9](?:[-_.a-zA-Z0-9]{0,62}[a-zA-Z0-9])?$/;

/** A map of names to settings that may be left out: the names, then the keys and the rules of each. */
export function checkEntries(
  path: string,
  entries: unknown,
  keys: readonly string[],
  rules: (at: string, settings: Readonly<Record<string, unknown>>) => Violation[],
): Violation[] {
  if (entries === undefined) return [];
  if (!isKnownMap(entries)) {
    return [{ path, reason: `must be a map of names to { ${keys.join(", ")} }, got ${show(entries)}` }];
  }
  return Object.entries(entries).flatMap(([name, entry]) => {
    const at = `${path}.${name}`;
    const reason = "is not a valid name; use 1 to 64 letters, digits, dashes, dots and underscores";
    return [
      ...(NAME.test(name) ? [] : [{ path: at, reason }]),
      ...checkSettings(at, entry ?? null, keys, (settings) => rules(at, settings)),
    ];
  });
}
