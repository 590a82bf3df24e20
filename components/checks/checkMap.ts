import type { NameCheck } from "../rollout/names";
import { checkKeys } from "../rollout/shape";
import { show } from "../rollout/violation";
import type { Violation } from "../rollout/violation";
import { checkInputText, isDeferred, isKnownMap } from "./plain";

type Settings = Readonly<Record<string, unknown>>;

/** A map of settings that may be left out: its keys, then the rules of its values. */
export function checkSettings(
  path: string,
  value: unknown,
  keys: readonly string[],
  rules: (settings: Settings) => Violation[],
): Violation[] {
  if (value === undefined) return [];
  if (!isKnownMap(value)) return [{ path, reason: `must be { ${keys.join(", ")} }, got ${show(value)}` }];
  return [...checkKeys(path, value, keys), ...rules(value)];
}

/** A map of names to text that may come from other resources, as a whole or in part. */
export function checkTexts(
  path: string,
  value: unknown,
  check: NameCheck,
  checkName: NameCheck = () => undefined,
): Violation[] {
  if (value === undefined || isDeferred(value)) return [];
  if (!isKnownMap(value)) return [{ path, reason: `must be a map of names to text, got ${show(value)}` }];
  return Object.entries(value).flatMap(([name, text]) => {
    const at = `${path}.${name}`;
    const badName = checkInputText(at, name, checkName);
    if (text === undefined) return [...badName, { path: at, reason: "must be text, got undefined" }];
    return [...badName, ...checkInputText(at, text, check)];
  });
}
