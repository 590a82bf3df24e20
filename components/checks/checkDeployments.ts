import { MAX_DEPLOYMENTS } from "../rollout/retirement";
import { show } from "../values/violation";
import type { Violation } from "../values/violation";
import { checkDeployment } from "./checkDeployment";
import type { DeploymentSurroundings } from "./checkDeployment";
import { isKnownMap, isDeferred } from "./literals";
import { ACCEPTABLE_SETTINGS } from "../rollout/liveSettings";
import { nearest } from "../values/nearest";

export function checkDeployments(deployments: unknown, surroundings: DeploymentSurroundings): Violation[] {
  const path = "deployments";
  if (deployments !== undefined && !isKnownMap(deployments)) {
    return [{ path, reason: `must be a map of deployment names to { modelVersion }, got ${show(deployments)}` }];
  }
  const entries = Object.entries(deployments ?? {});
  if (entries.length === 0) {
    return [{ path, reason: 'has no deployment; add one such as default: { modelVersion: "1" }' }];
  }
  const tooMany = `has ${entries.length} deployments; an endpoint can have at most ${MAX_DEPLOYMENTS}, remove ${entries.length - MAX_DEPLOYMENTS}`;
  return [
    ...(entries.length > MAX_DEPLOYMENTS ? [{ path, reason: tooMany }] : []),
    ...checkSameName(entries.map(([name]) => name)),
    ...entries.flatMap(([name, deployment]) => checkDeployment(name, deployment, surroundings)),
  ];
}

/** Azure compares deployment names without case. */
function checkSameName(names: readonly string[]): Violation[] {
  const first = new Map<string, string>();
  return names.flatMap((name) => {
    const earlier = first.get(name.toLowerCase());
    if (earlier === undefined) {
      first.set(name.toLowerCase(), name);
      return [];
    }
    const reason = `differs from ${earlier} only in case, and Azure treats them as the same; give it another name`;
    return [{ path: `deployments.${name}`, reason }];
  });
}

const PATH = "acceptLiveSettings";

/** Settings that may be overwritten: their deployments must be declared. */
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
      return { path, reason: `${show(setting)} is not a setting that can be overwritten; ${instead}` };
    });
}

function use(word: string, allowed: readonly string[]): string {
  const meant = nearest(word, allowed);
  return meant === undefined ? `use ${allowed.join(", ")}` : `did you mean ${meant}?`;
}
