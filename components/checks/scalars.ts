import { show } from "../rollout/violation";
import type { Violation } from "../rollout/violation";

/** A whole number in a range; without an end of the range, any from `min` on. */
export function checkWhole(path: string, value: unknown, min: number, max?: number): Violation[] {
  if (value === undefined) return [];
  const ok = typeof value === "number" && Number.isInteger(value) && value >= min && value <= (max ?? Infinity);
  const allowed = max === undefined ? `${min} or more` : `from ${min} to ${max}`;
  return ok ? [] : [{ path, reason: `must be a whole number ${allowed}, got ${show(value)}` }];
}

export function checkBoolean(path: string, value: unknown): Violation[] {
  if (value === undefined || typeof value === "boolean") return [];
  return [{ path, reason: `must be true or false, got ${show(value)}` }];
}

export function checkChoice(path: string, value: unknown, choices: Readonly<Record<string, string>>): Violation[] {
  const allowed = Object.values(choices);
  if (value === undefined || allowed.some((choice) => choice === value)) return [];
  return [{ path, reason: `must be one of ${allowed.join(", ")}, got ${show(value)}` }];
}

/** A setting that must be there. */
export function checkGiven(path: string, value: unknown, todo: string): Violation[] {
  return value === undefined ? [{ path, reason: `is missing; ${todo}` }] : [];
}
