import { isSlip } from "../values/nearest";
import type { Violation } from "../values/violation";

/** The keys of stack config that decide a rollout; those that are maps are `true`. */
const KEYS = {
  modelVersions: true,
  deployments: true,
  candidate: false,
  candidateTraffic: false,
  traffic: true,
  mirrorTraffic: true,
  rollout: true,
  acceptLive: true,
  allowOutage: false,
  acceptLiveSettings: true,
  deletionProtection: false,
  takeOver: false,
} as const;

type ConfigKey = keyof typeof KEYS;

/** Text of a config key, as Pulumi stores it; objects are JSON. */
export type ConfigText = (key: ConfigKey) => string | undefined;

/**
 * Keys that are most likely meant to be one of these, which would be ignored in silence. All others may be the program's
 * own.
 *
 * @param keys - all keys of the namespace
 * @param ownKeys - keys that the program reads itself, though they look like one of these
 */
export function checkConfigKeys(keys: readonly string[], ownKeys: readonly string[] = []): Violation[] {
  const others = keys.filter((key) => !Object.hasOwn(KEYS, key) && !ownKeys.includes(key));
  return others.flatMap((key) => {
    const meant = Object.keys(KEYS).find((name) => isSlip(key, name));
    const reason = placeIn(key) ?? (meant && `no such key; did you mean ${meant}? ${ownKeyHint(key)}`);
    return reason === undefined ? [] : [{ path: key, reason }];
  });
}

/** `traffic.green` as one key: Pulumi takes it for a place in a map only when it is told to. */
function placeIn(key: string): string | undefined {
  const map = /^(\w+)[.[]/.exec(key)?.[1] ?? "";
  if (!Object.hasOwn(KEYS, map) || !KEYS[map as ConfigKey]) return undefined;
  return (
    `is one key of that name, not a place in ${map}; remove it with pulumi config rm ${quoted(key)} and set it with ` +
    "pulumi config set --path, or pulumi up --config-path -c"
  );
}

function ownKeyHint(key: string): string {
  return `If the program reads it itself, say so: readRollout(config, [${JSON.stringify(key)}])`;
}

function quoted(key: string): string {
  return /^[\w.-]+$/.test(key) ? key : `'${key}'`;
}
