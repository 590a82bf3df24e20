import { isMap } from "../values/shape";
import { readWeight } from "./candidate";

/** Settings of gates that are text, even where it looks like a number. */
const TEXTS: ReadonlySet<string> = new Set(["data", "at", "url", "equals", "slice", "saveWorst"]);
const LISTS: ReadonlySet<string> = new Set(["keys", "run"]);

/**
 * The gates of a rollout as stack config has them, by name: numbers, switches and lists that were stored as text are what
 * they look like, and what is text stays it. Anything else stays as it is, for the rules to name.
 */
export function readGates(gates: unknown): unknown {
  return eachOf(gates, (gate) => eachOf(gate, readKind));
}

function readKind(settings: unknown): unknown {
  return isMap(settings) ? eachOf(settings, readSetting) : readSwitch(settings);
}

function readSetting(value: unknown, key: string): unknown {
  if (TEXTS.has(key)) return toText(value);
  if (LISTS.has(key)) return readTexts(value);
  return readWeight(value);
}

/** `pulumi config set --path rollout.gates.check.command.run '["python", "check.py"]'` stores text. */
function readTexts(value: unknown): unknown {
  const list = typeof value === "string" ? parseList(value) : value;
  return Array.isArray(list) ? list.map(toText) : value;
}

function parseList(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function readSwitch(value: unknown): unknown {
  return value === "true" || value === "false" ? value === "true" : value;
}

function toText(value: unknown): unknown {
  return typeof value === "number" || typeof value === "boolean" ? String(value) : value;
}

function eachOf(map: unknown, change: (value: unknown, key: string) => unknown): unknown {
  if (!isMap(map)) return map;
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value, key)]));
}
