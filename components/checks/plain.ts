import * as pulumi from "@pulumi/pulumi";
import type { NameCheck } from "../rollout/names";
import { show } from "../rollout/violation";
import type { Violation } from "../rollout/violation";

/** Arguments that must be known before anything is registered. */
const PLAIN_PATHS: readonly (readonly string[])[] = [
  ["workspace"],
  ["workspace", "name"],
  ["model"],
  ["model", "name"],
  ["model", "existing"],
  ["model", "versions"],
  ["model", "versions", "*"],
  ["model", "versions", "*", "path"],
  ["deployments"],
  ["deployments", "*"],
  ["deployments", "*", "*"],
  ["traffic"],
  ["traffic", "*"],
  ["mirrorTraffic"],
  ["mirrorTraffic", "*"],
  ["endpointName"],
  ["authMode"],
  ["publicNetworkAccess"],
  ["policy"],
  ["policy", "*"],
  ["acceptLive"],
  ["acceptLive", "*"],
];

/** Outputs and promises where a plain value is needed, since it decides what is declared. */
export function checkPlain(args: object): Violation[] {
  const paths = PLAIN_PATHS.flatMap((path) => findDeferred(args, path, []));
  return [...new Set(paths)].map((path) => ({
    path,
    reason: "must be a plain value, got an output; take it from stack config or write it in the program",
  }));
}

function findDeferred(value: unknown, [key, ...rest]: readonly string[], trail: readonly string[]): string[] {
  if (key === undefined) return isDeferred(value) ? [trail.join(".")] : [];
  if (typeof value !== "object" || value === null || isDeferred(value)) return [];
  const entries = Object.entries(value).filter(([name]) => key === "*" || name === key);
  return entries.flatMap(([name, inner]) => findDeferred(inner, rest, [...trail, name]));
}

function isDeferred(value: unknown): boolean {
  return pulumi.Output.isInstance(value) || value instanceof Promise;
}

/** An optional text with a rule of its own. */
export function checkText(path: string, value: unknown, check: NameCheck): Violation[] {
  if (value === undefined) return [];
  if (typeof value !== "string") return [{ path, reason: `must be text, got ${show(value)}` }];
  const reason = check(value);
  return reason === undefined ? [] : [{ path, reason }];
}
