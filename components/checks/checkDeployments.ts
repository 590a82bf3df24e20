import { MAX_DEPLOYMENTS } from "../rollout/slots";
import { show } from "../rollout/violation";
import type { Violation } from "../rollout/violation";
import { checkDeployment } from "./checkDeployment";
import type { DeploymentSurroundings } from "./checkDeployment";
import { isKnownMap } from "./plain";

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
    const reason = `differs from ${earlier} only in case, Azure takes them for the same; give it another name`;
    return [{ path: `deployments.${name}`, reason }];
  });
}
