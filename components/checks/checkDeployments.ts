import { checkDeploymentName } from "../rollout/names";
import { checkKeys } from "../rollout/shape";
import { show } from "../rollout/violation";
import type { Violation } from "../rollout/violation";
import { checkText, isKnownMap } from "./plain";

/** Source: Azure ML quotas and limits, "how-to-manage-quotas". */
const MAX_DEPLOYMENTS = 20;
const MAX_INSTANCES = 50;
const KEYS = ["modelVersion", "instanceType", "instanceCount", "acceptContract"];

/** @param versions - the declared model versions, as far as they are known */
export function checkDeployments(deployments: unknown, versions: unknown): Violation[] {
  const path = "deployments";
  if (deployments !== undefined && !isKnownMap(deployments)) {
    return [{ path, reason: `must be a map of deployment names to { modelVersion }, got ${show(deployments)}` }];
  }
  const entries = Object.entries(deployments ?? {});
  if (entries.length === 0) {
    return [{ path, reason: 'has no deployment; add one such as default: { modelVersion: "1" }' }];
  }
  const known = isKnownMap(versions) ? Object.keys(versions) : [];
  const tooMany = `has ${entries.length} deployments; an endpoint can have at most ${MAX_DEPLOYMENTS}`;
  return [
    ...(entries.length > MAX_DEPLOYMENTS ? [{ path, reason: tooMany }] : []),
    ...checkSameName(entries.map(([name]) => name)),
    ...entries.flatMap(([name, deployment]) => checkDeployment(name, deployment, known)),
  ];
}

function checkDeployment(name: string, deployment: unknown, versions: readonly string[]): Violation[] {
  const at = `deployments.${name}`;
  const badName = checkText(at, name, checkDeploymentName);
  if (!isKnownMap(deployment)) {
    return [...badName, { path: at, reason: `must be { modelVersion: ... }, got ${show(deployment)}` }];
  }
  const { modelVersion, instanceType, instanceCount, acceptContract } = deployment;
  return [
    ...badName,
    ...checkKeys(at, deployment, KEYS),
    ...checkVersion(`${at}.modelVersion`, modelVersion, versions),
    ...checkText(`${at}.instanceType`, instanceType, checkMachineSize),
    ...checkCount(`${at}.instanceCount`, instanceCount),
    ...checkText(`${at}.acceptContract`, acceptContract, (reason) =>
      reason.trim() === "" ? "must say why callers can cope with the model, got nothing" : undefined,
    ),
  ];
}

function checkVersion(path: string, version: unknown, versions: readonly string[]): Violation[] {
  const list = versions.join(", ");
  if (version === undefined) {
    return [{ path, reason: `is missing; give one of model.versions${list === "" ? "" : `: ${list}`}` }];
  }
  return checkText(path, version, (text) =>
    // Without any version declared, that alone is the mistake to name.
    versions.length === 0 || versions.includes(text)
      ? undefined
      : `${show(text)} is not in model.versions (${list}); declare it there first`,
  );
}

function checkMachineSize(size: string): string | undefined {
  return size.startsWith("Standard_")
    ? undefined
    : `${show(size)} is not a machine size; use one such as "Standard_DS3_v2"`;
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
    if (earlier === undefined) {
      first.set(name.toLowerCase(), name);
      return [];
    }
    const reason = `differs from ${earlier} only in case, Azure takes them for the same; give it another name`;
    return [{ path: `deployments.${name}`, reason }];
  });
}
