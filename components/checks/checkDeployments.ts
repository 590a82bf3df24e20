import type { DeploymentArgs } from "../args";
import { checkDeploymentName } from "../rollout/names";
import { show } from "../rollout/violation";
import type { Violation } from "../rollout/violation";
import { checkText } from "./plain";

/** Source: Azure ML quotas and limits, "how-to-manage-quotas". */
const MAX_DEPLOYMENTS = 20;
const MAX_INSTANCES = 50;
const KEYS = ["modelVersion", "instanceType", "instanceCount"];

export function checkDeployments(deployments: unknown, versions: unknown): Violation[] {
  const path = "deployments";
  const entries = typeof deployments === "object" && deployments !== null ? Object.entries(deployments) : [];
  if (entries.length === 0) {
    return [{ path, reason: 'has no deployment; add one such as default: { modelVersion: "1" }' }];
  }
  const known = typeof versions === "object" && versions !== null ? Object.keys(versions) : [];
  const tooMany =
    entries.length > MAX_DEPLOYMENTS
      ? [{ path, reason: `has ${entries.length} deployments; an endpoint can have ${MAX_DEPLOYMENTS}` }]
      : [];
  return [
    ...tooMany,
    ...checkSameName(entries.map(([name]) => name)),
    ...entries.flatMap(([name, deployment]: [string, unknown]) => checkDeployment(name, deployment, known)),
  ];
}

function checkDeployment(name: string, deployment: unknown, versions: readonly string[]): Violation[] {
  const at = `deployments.${name}`;
  const badName = checkText(at, name, checkDeploymentName);
  if (typeof deployment !== "object" || deployment === null) {
    return [...badName, { path: at, reason: `must be { modelVersion: ... }, got ${show(deployment)}` }];
  }
  const unknown = Object.keys(deployment).filter((key) => !KEYS.includes(key));
  const { modelVersion, instanceType, instanceCount } = deployment as DeploymentArgs;
  return [
    ...badName,
    ...unknown.map((key) => ({ path: `${at}.${key}`, reason: `no such setting; use ${KEYS.join(", ")}` })),
    ...checkVersion(`${at}.modelVersion`, modelVersion, versions),
    ...checkText(`${at}.instanceType`, instanceType, (text) =>
      text.startsWith("Standard_")
        ? undefined
        : `${show(text)} is not a machine size; use one such as "Standard_DS3_v2"`,
    ),
    ...checkCount(`${at}.instanceCount`, instanceCount),
  ];
}

function checkVersion(path: string, version: unknown, versions: readonly string[]): Violation[] {
  if (version === undefined) return [{ path, reason: `is missing; use one of model.versions: ${versions.join(", ")}` }];
  if (typeof version === "string" && versions.includes(version)) return [];
  return [
    { path, reason: `${show(version)} is not in model.versions (${versions.join(", ")}); declare it there first` },
  ];
}

function checkCount(path: string, count: unknown): Violation[] {
  if (count === undefined) return [];
  const ok = typeof count === "number" && Number.isInteger(count) && count >= 1 && count <= MAX_INSTANCES;
  return ok ? [] : [{ path, reason: `must be a whole number from 1 to ${MAX_INSTANCES}, got ${show(count)}` }];
}

/** Azure compares deployment names without case. */
function checkSameName(names: readonly string[]): Violation[] {
  const first = new Map<string, string>();
  return names.flatMap((name) => {
    const earlier = first.get(name.toLowerCase());
    first.set(name.toLowerCase(), name);
    if (earlier === undefined) return [];
    return [
      { path: `deployments.${name}`, reason: `differs from ${earlier} only in case; Azure takes them for the same` },
    ];
  });
}
