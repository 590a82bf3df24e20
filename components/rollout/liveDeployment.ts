import { isDeepStrictEqual } from "node:util";
import { show } from "./violation";
import type { Violation } from "./violation";
import { weightOf } from "./weights";
import type { TrafficState } from "./weights";

/** The ARM properties of a deployment that this package writes. */
export type DeploymentProperties = Readonly<Record<string, unknown>>;

/** Deployment properties that may change while it serves; all others are part of what was tested. */
const CHANGEABLE_WHILE_LIVE = new Set(["description", "scaleSettings"]);

/**
 * What may not change on a deployment: its `instanceType` never (Azure silently ignores it under the same name,
 * Azure/AML-Kubernetes#247), anything else but scale and description not while it has live or mirrored weight.
 */
export function checkDeploymentChange(
  deployment: string,
  before: DeploymentProperties,
  after: DeploymentProperties,
  live: TrafficState,
): Violation[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const changed = keys.filter((key) => !isDeepStrictEqual(before[key], after[key]));
  const weight = weightOf(live.traffic, deployment);
  const mirrored = weightOf(live.mirrorTraffic, deployment);
  return changed.flatMap((key) => {
    const path = `deployments.${deployment}.${key === "model" ? "modelVersion" : key}`;
    const change = `${showProperty(before[key])} -> ${showProperty(after[key])}`;
    if (key === "instanceType") {
      return [{ path, reason: `${change}: Azure ignores it under the same name; add a deployment under another name` }];
    }
    if (CHANGEABLE_WHILE_LIVE.has(key) || (weight === 0 && mirrored === 0)) return [];
    const load = weight > 0 ? `${weight} % of the live traffic` : `${mirrored} % mirror traffic`;
    const reason = `${change}: it has ${load}; add a deployment, shift the traffic to it and remove this one`;
    return [{ path, reason }];
  });
}

/** Of the id of a model version only its end, which tells it from another one. */
function showProperty(value: unknown): string {
  const version = typeof value === "string" ? /\/models\/(.+)$/i.exec(value)?.[1] : undefined;
  return value === undefined ? "none" : (version ?? show(value));
}
