import { ACCEPTABLE_SETTINGS } from "../rollout/liveSettings";
import { nearest } from "../rollout/nearest";
import { show } from "../rollout/violation";
import type { Violation } from "../rollout/violation";
import { isDeferred, isKnownMap } from "./plain";

const PATH = "acceptLiveSettings";

/** Settings of declared deployments that may be overwritten: each one must be there to be overwritten. */
export function checkAcceptLiveSettings(accepted: unknown, deployments: unknown): Violation[] {
  if (accepted === undefined || isDeferred(accepted)) return [];
  if (!isKnownMap(accepted)) {
    const example = '{"default": ["requestSettings"]}';
    return [
      { path: PATH, reason: `must be a map of deployment names to settings such as ${example}, got ${show(accepted)}` },
    ];
  }
  const declared = isKnownMap(deployments) ? Object.keys(deployments) : undefined;
  return Object.entries(accepted).flatMap(([name, settings]) => [
    ...(declared?.includes(name) === false ? [unknownDeployment(name, declared)] : []),
    ...checkSettings(`${PATH}.${name}`, settings),
  ]);
}

function unknownDeployment(name: string, declared: readonly string[]): Violation {
  return { path: `${PATH}.${name}`, reason: `no such deployment; ${use(name, declared)}` };
}

function checkSettings(path: string, settings: unknown): Violation[] {
  if (!Array.isArray(settings)) {
    return [{ path, reason: `must be a list of settings such as ["requestSettings"], got ${show(settings)}` }];
  }
  return settings
    .filter((setting) => typeof setting !== "string" || !ACCEPTABLE_SETTINGS.includes(setting))
    .map((setting: unknown) => {
      const instead = use(typeof setting === "string" ? setting : "", ACCEPTABLE_SETTINGS);
      return { path, reason: `${show(setting)} is no setting that can be overwritten; ${instead}` };
    });
}

function use(word: string, allowed: readonly string[]): string {
  const meant = nearest(word, allowed);
  return meant === undefined ? `use ${allowed.join(", ")}` : `did you mean ${meant}?`;
}
