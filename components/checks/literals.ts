import * as pulumi from "@pulumi/pulumi";
import type { NameCheck } from "../rollout/names";
import { isMap } from "../values/shape";
import { show } from "../values/violation";
import type { Violation } from "../values/violation";
import { LITERAL_ACCESS_PATHS, LITERAL_DEPLOYMENT_PATHS, LITERAL_WORKSPACE_PATHS } from "./literalPaths";

/** Arguments that must be known before anything is registered. */
const LITERAL_PATHS: readonly (readonly string[])[] = [
  ...LITERAL_WORKSPACE_PATHS,
  ["model"],
  ["model", "name"],
  ["model", "existing"],
  ["model", "versions"],
  ["model", "versions", "*"],
  ["model", "versions", "*", "path"],
  ["model", "versions", "*", "archived"],
  ["deployments"],
  ["deployments", "*"],
  ...LITERAL_DEPLOYMENT_PATHS,
  ["traffic"],
  ["traffic", "*"],
  ["mirrorTraffic"],
  ["mirrorTraffic", "*"],
  ["endpointName"],
  ["authMode"],
  ...LITERAL_ACCESS_PATHS,
  ["publicNetworkAccess"],
  ["hardened"],
  ["checkQuota"],
  ["hourlyPrices", "**"],
  ["currency"],
  ["policy"],
  ["policy", "*"],
  ["rollout", "**"],
  ["acceptLive"],
  ["acceptLive", "*"],
  ["acceptLiveSettings", "**"],
  ["allowOutage"],
  ["deletionProtection"],
  ["takeOver"],
  ["weightsFrom"],
  ["configNamespace"],
];

/** Outputs and promises where a plain value is needed because it decides what is declared. */
export function checkLiterals(args: object): Violation[] {
  return LITERAL_PATHS.flatMap((path) => findDeferred(args, path, []));
}

function findDeferred(value: unknown, [key, ...rest]: readonly string[], trail: readonly string[]): Violation[] {
  if (isDeferred(value)) {
    return key === undefined || key === "**" ? [{ path: trail.join("."), reason: notPlain(value) }] : [];
  }
  if (!isKnownMap(value)) return [];
  if (key === "**") {
    return Object.entries(value).flatMap(([name, inner]) => findDeferred(inner, ["**"], [...trail, name]));
  }
  const entries = Object.entries(value).filter(([name]) => key === "*" || name === key);
  return entries.flatMap(([name, inner]) => findDeferred(inner, rest, [...trail, name]));
}

function notPlain(value: unknown): string {
  return value instanceof Promise
    ? "must be a plain value, got a promise; await it in the program"
    : "must be a plain value, got an output; take it from stack config or write it in the program";
}

/** Whether a value is an output or a promise, which cannot be checked yet. */
export function isDeferred(value: unknown): boolean {
  return pulumi.Output.isInstance(value) || value instanceof Promise;
}

/** Whether a value is a map whose keys can be checked. */
export function isKnownMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return isMap(value) && !isDeferred(value);
}

/** Text with a rule of its own; whether it may be missing is another rule. */
export function checkText(path: string, value: unknown, check: NameCheck): Violation[] {
  if (value === undefined) return [];
  if (typeof value !== "string") return [{ path, reason: `must be text, got ${show(value)}` }];
  const reason = check(value);
  return reason === undefined ? [] : [{ path, reason }];
}

/** The same for text that may come from another resource; unknown values are left to Azure. */
export function checkInputText(path: string, value: unknown, check: NameCheck = notEmpty): Violation[] {
  return isDeferred(value) ? [] : checkText(path, value, check);
}

function notEmpty(text: string): string | undefined {
  return text === "" ? "must not be empty; give a value or leave it out" : undefined;
}
