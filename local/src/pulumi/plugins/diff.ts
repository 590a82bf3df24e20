import type { PropertyChange } from "./provider";
import { isValues } from "./values";
import type { Values } from "./values";

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;

/** Every changed leaf, with a path such as `properties.traffic["blue-2"]`. */
export function diffValues(olds: Values, news: Values, replaces: (path: string) => boolean): PropertyChange[] {
  return compare(olds, news, "").map(({ path, kind }) => ({ path, kind, replaces: replaces(path) }));
}

function compare(before: unknown, after: unknown, path: string): Omit<PropertyChange, "replaces">[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  if (before === undefined) return [{ path, kind: "ADD" }];
  if (after === undefined) return [{ path, kind: "DELETE" }];
  if (!isValues(before) || !isValues(after)) return [{ path, kind: "UPDATE" }];
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return keys.flatMap((key) => compare(before[key], after[key], join(path, key)));
}

function join(path: string, key: string): string {
  if (!IDENTIFIER.test(key)) return `${path}["${key}"]`;
  return path === "" ? key : `${path}.${key}`;
}
