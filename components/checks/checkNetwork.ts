import { FirewallSku, IsolationMode } from "../args";
import { show } from "../values/violation";
import type { Violation } from "../values/violation";
import { checkSettings, checkBoolean, checkChoice, checkGiven, checkArmId, checkArmIds } from "./scalars";
import { checkInputText, isKnownMap } from "./literals";

const KEYS = ["isolationMode", "outboundRules", "allowPackageSources", "firewallSku"];
const TARGETS = ["fqdn", "serviceTag", "privateEndpoint"];
const RULE_NAME = /^[a-zA-Z0-9][-\w]{0,79}$/;
const MODES = Object.values(IsolationMode).join(", ");

export function checkManagedNetwork(path: string, network: unknown): Violation[] {
  return checkSettings(path, network, KEYS, (settings) => {
    const { isolationMode: mode, outboundRules, allowPackageSources, firewallSku } = settings;
    const isApproving = mode === undefined || mode === "AllowOnlyApprovedOutbound";
    const needless = (key: string) => ({
      path: `${path}.${key}`,
      reason: `has no effect with isolationMode ${show(mode)}; use AllowOnlyApprovedOutbound or remove it`,
    });
    return [
      ...checkGiven(`${path}.isolationMode`, mode, `give one of ${MODES}`),
      ...checkChoice(`${path}.isolationMode`, mode, IsolationMode),
      ...checkRules(`${path}.outboundRules`, outboundRules),
      ...checkBoolean(`${path}.allowPackageSources`, allowPackageSources),
      ...(allowPackageSources === true && !isApproving ? [needless("allowPackageSources")] : []),
      ...checkChoice(`${path}.firewallSku`, firewallSku, FirewallSku),
      ...(firewallSku !== undefined && !isApproving ? [needless("firewallSku")] : []),
      ...(outboundRules !== undefined && mode === "Disabled" ? [needless("outboundRules")] : []),
      ...(mode === "AllowInternetOutbound" ? checkOpenRules(`${path}.outboundRules`, outboundRules) : []),
    ];
  });
}

function checkRules(path: string, rules: unknown): Violation[] {
  if (rules === undefined) return [];
  if (!isKnownMap(rules)) return [{ path, reason: `must be a map of names to rules, got ${show(rules)}` }];
  return Object.entries(rules).flatMap(([name, rule]) => [
    ...(RULE_NAME.test(name)
      ? []
      : [
          {
            path: `${path}.${name}`,
            reason: "is not a valid name; use 1 to 80 letters, digits, dashes and underscores, a letter or digit first",
          },
        ]),
    ...checkRule(`${path}.${name}`, rule),
  ]);
}

function checkRule(path: string, rule: unknown): Violation[] {
  if (rule === undefined) return [{ path, reason: `must be { ${TARGETS.join(", ")} }, got undefined` }];
  return checkSettings(path, rule, TARGETS, (settings) => {
    const given = TARGETS.filter((key) => settings[key] !== undefined);
    if (given.length !== 1) {
      const got = given.length === 0 ? "none" : given.join(" and ");
      return [{ path, reason: `needs exactly one of ${TARGETS.join(", ")}, got ${got}` }];
    }
    return [
      ...checkInputText(`${path}.fqdn`, settings["fqdn"]),
      ...checkParts(`${path}.serviceTag`, settings["serviceTag"], ["serviceTag"], ["protocol", "portRanges"]),
      ...checkParts(`${path}.privateEndpoint`, settings["privateEndpoint"], ["serviceResourceId", "subresourceTarget"]),
    ];
  });
}

/** Settings that are all text. */
function checkParts(
  path: string,
  value: unknown,
  required: readonly string[],
  optional: readonly string[] = [],
): Violation[] {
  return checkSettings(path, value, [...required, ...optional], (settings) => [
    ...required.flatMap((key) => checkGiven(`${path}.${key}`, settings[key], "give it")),
    ...[...required, ...optional].flatMap((key) => checkInputText(`${path}.${key}`, settings[key])),
  ]);
}

/**
 * With the whole internet allowed, only private endpoint rules have an effect. Source: Azure ML,
 * "how-to-managed-network".
 */
function checkOpenRules(path: string, rules: unknown): Violation[] {
  if (!isKnownMap(rules)) return [];
  const reason = "has no effect with isolationMode AllowInternetOutbound, which allows it; remove it";
  return Object.entries(rules).flatMap(([name, rule]) =>
    ["fqdn", "serviceTag"]
      .filter((key) => isKnownMap(rule) && rule[key] !== undefined)
      .map((key) => ({ path: `${path}.${name}.${key}`, reason })),
  );
}

const ENDPOINT_KEYS = ["subnetResourceId", "privateDnsZoneResourceIds", "location"];
/** Azure limits the name of a private endpoint to 80 characters; the workspace's takes up to 33. */
const ENDPOINT_NAME = /^[a-zA-Z0-9](?:[-a-zA-Z0-9]{0,30}[a-zA-Z0-9])?$/;

export function checkPrivateEndpoints(path: string, endpoints: unknown): Violation[] {
  if (endpoints === undefined) return [];
  if (!isKnownMap(endpoints)) {
    return [{ path, reason: `must be a map of names to { ${ENDPOINT_KEYS.join(", ")} }, got ${show(endpoints)}` }];
  }
  return Object.entries(endpoints).flatMap(([name, endpoint]) => {
    const at = `${path}.${name}`;
    const reason = "is not a valid name; use 1 to 32 letters, digits and dashes, no dash first or last";
    return [...(ENDPOINT_NAME.test(name) ? [] : [{ path: at, reason }]), ...checkEndpoint(at, endpoint ?? null)];
  });
}

function checkEndpoint(path: string, endpoint: unknown): Violation[] {
  return checkSettings(path, endpoint, ENDPOINT_KEYS, ({ subnetResourceId, privateDnsZoneResourceIds, location }) => [
    ...checkGiven(`${path}.subnetResourceId`, subnetResourceId, "give the ARM id of the subnet that it is in"),
    ...checkArmId(`${path}.subnetResourceId`, subnetResourceId, "subnet"),
    ...checkArmIds(`${path}.privateDnsZoneResourceIds`, privateDnsZoneResourceIds, "privateDnsZone"),
    ...checkInputText(`${path}.location`, location),
  ]);
}
