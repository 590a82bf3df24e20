import { isMap } from "../values/shape";
import { readWeight } from "./candidate";
import { readGates } from "./rolloutGates";

/**
 * The plan of a rollout as stack config has it: numbers and lists that were stored as text are what they look like, and
 * a reason such as the number of a ticket is text. Anything else stays as it is, for the rules to name.
 */
export function readPlan(plan: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(plan).map(([key, value]) => [key, readSetting(key, value)]));
}

function readSetting(key: string, value: unknown): unknown {
  if (key === "paused") return typeof value === "number" ? String(value) : value;
  if (key === "steps") return readSteps(value);
  if (key === "gates") return readGates(value);
  return isMap(value) ? readPlan(value) : readWeight(value);
}

/** `pulumi config set --path rollout.steps '[10, 100]'` stores text. */
function readSteps(value: unknown): unknown {
  const list = typeof value === "string" ? parseList(value) : value;
  return Array.isArray(list) ? list.map(readWeight) : value;
}

function parseList(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
