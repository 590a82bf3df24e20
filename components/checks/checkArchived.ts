import type { Violation } from "../rollout/violation";
import { isKnownMap } from "./plain";

/** Versions that are archived although they cannot be, or although a deployment runs them. */
export function checkArchived(versions: unknown, deployments: unknown): Violation[] {
  if (!isKnownMap(versions)) return [];
  const running = Object.entries(isKnownMap(deployments) ? deployments : {});
  return Object.entries(versions).flatMap(([version, source]) => {
    if (!isKnownMap(source) || source["archived"] !== true) return [];
    const path = `model.versions.${version}.archived`;
    const users = running.filter(([, it]) => isKnownMap(it) && it["modelVersion"] === version).map(([name]) => name);
    return [
      ...(source["id"] === undefined
        ? []
        : [{ path, reason: "is for versions that are registered here; archive this one where it is registered" }]),
      ...(users.length === 0
        ? []
        : [{ path, reason: `${users.join(", ")} runs version ${version}; archive it when no deployment runs it` }]),
    ];
  });
}
