import { show } from "../values/violation";
import type { Violation } from "../values/violation";
import type { NameCheck } from "../rollout/names";
import { checkKeys } from "../values/shape";
import { checkInputText, isDeferred, isKnownMap } from "./literals";

/** A whole number in a range; without `max`, any from `min` on. */
export function checkWhole(path: string, value: unknown, min: number, max?: number): Violation[] {
  if (value === undefined) return [];
  const ok = typeof value === "number" && Number.isInteger(value) && value >= min && value <= (max ?? Infinity);
  const allowed = max === undefined ? `${min} or more` : `from ${min} to ${max}`;
  return ok ? [] : [{ path, reason: `must be a whole number ${allowed}, got ${show(value)}` }];
}

/** A number in a range, with a fraction or without. */
export function checkNumber(path: string, value: unknown, min: number, max?: number): Violation[] {
  if (value === undefined) return [];
  const ok = typeof value === "number" && Number.isFinite(value) && value >= min && value <= (max ?? Infinity);
  const allowed = max === undefined ? `${min} or more` : `from ${min} to ${max}`;
  return ok ? [] : [{ path, reason: `must be a number ${allowed}, got ${show(value)}` }];
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

/** A required setting. */
export function checkGiven(path: string, value: unknown, todo: string): Violation[] {
  return value === undefined ? [{ path, reason: `is missing; ${todo}` }] : [];
}

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

/** The resource types that arguments name by id, and what messages call them. */
const TYPES = {
  workspace: ["a workspace", "Microsoft.MachineLearningServices/workspaces"],
  storageAccount: ["a storage account", "Microsoft.Storage/storageAccounts"],
  keyVault: ["a key vault", "Microsoft.KeyVault/vaults"],
  applicationInsights: ["an Application Insights component", "Microsoft.Insights/components"],
  containerRegistry: ["a container registry", "Microsoft.ContainerRegistry/registries"],
  identity: ["a user-assigned identity", "Microsoft.ManagedIdentity/userAssignedIdentities"],
  subnet: ["a subnet", "Microsoft.Network/virtualNetworks/subnets"],
  privateDnsZone: ["a private DNS zone", "Microsoft.Network/privateDnsZones"],
  logWorkspace: ["a Log Analytics workspace", "Microsoft.OperationalInsights/workspaces"],
  eventHubRule: ["an authorization rule of an event hub namespace", "Microsoft.EventHub/namespaces/authorizationRules"],
  actionGroup: ["an action group", "Microsoft.Insights/actionGroups"],
} as const;

/** An ARM id of a type; one that comes from another resource is left to Azure. */
export function checkArmId(path: string, value: unknown, of: keyof typeof TYPES): Violation[] {
  const [what, type] = TYPES[of];
  const [provider = "", ...names] = type.split("/");
  const below = names.map((name) => `${name}/[^/]+`).join("/");
  const pattern = new RegExp(`^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/${provider}/${below}$`, "i");
  return checkInputText(path, value, (id) =>
    pattern.test(id) ? undefined : `must be the ARM id of ${what}, got ${show(id)}`,
  );
}

/** A list of ARM ids of a type, in the program; each id may come from another resource. */
export function checkArmIds(path: string, value: unknown, of: keyof typeof TYPES): Violation[] {
  if (value === undefined || isDeferred(value)) return [];
  if (!Array.isArray(value)) return [{ path, reason: `must be a list of ARM ids, got ${show(value)}` }];
  return (value as readonly unknown[]).flatMap((id, index) => {
    const at = `${path}.${index}`;
    return id === undefined ? [{ path: at, reason: "must be text, got undefined" }] : checkArmId(at, id, of);
  });
}
