import { isDeepStrictEqual } from "node:util";
import { isMap } from "../values/shape";
import { show } from "../values/violation";
import type { Violation } from "../values/violation";
import { weightOf } from "./weights";
import type { TrafficState } from "./weights";

/** The ARM properties of a deployment that this package writes. */
export type DeploymentProperties = Readonly<Record<string, unknown>>;

/**
 * Deployment properties that may change while it serves; all others are part of what was tested. The service keeps
 * notes of its own in `properties`, which a refresh would report as somebody's change.
 */
const CHANGEABLE_WHILE_LIVE = new Set(["description", "properties", "scaleSettings"]);

/**
 * What may not change on a deployment: its `instanceType` never (Azure silently ignores it under the same name,
 * Azure/AML-Kubernetes#247) nor the kind of its endpoint, anything else but scale and description not while it has live
 * or mirrored weight.
 */
export function checkDeploymentChange(
  deployment: string,
  before: DeploymentProperties,
  after: DeploymentProperties,
  live: TrafficState,
): Violation[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const changed = keys.filter((key) => !isDeepStrictEqual(before[key], after[key]));
  if (changed.includes("endpointComputeType")) return [checkKind(before, after)];
  const load = describeLoad(live, deployment);
  return changed.flatMap((key) => {
    const path = `deployments.${deployment}.${key === "model" ? "modelVersion" : key}`;
    const change = describeChange(key, before[key], after[key]);
    if (key === "instanceType") {
      return [{ path, reason: `${change}: Azure ignores it under the same name; add a deployment under another name` }];
    }
    if (CHANGEABLE_WHILE_LIVE.has(key) || load === undefined) return [];
    const reason = `${change}: it has ${load}; add a deployment, shift the traffic to it and remove this one`;
    return [{ path, reason }];
  });
}

/** What a deployment serves, such as `90 % of the live traffic`; undefined when it has no live or mirrored weight. */
export function describeLoad({ traffic, mirrorTraffic }: TrafficState, deployment: string): string | undefined {
  const [weight, mirrored] = [weightOf(traffic, deployment), weightOf(mirrorTraffic, deployment)];
  if (weight > 0) return `${weight} % of the live traffic`;
  return mirrored > 0 ? `${mirrored} % mirror traffic` : undefined;
}

function checkKind(before: DeploymentProperties, after: DeploymentProperties): Violation {
  const change = `${String(before["endpointComputeType"])} -> ${String(after["endpointComputeType"])}`;
  return {
    path: "compute",
    reason: `${change}: an endpoint cannot change its kind; declare a second component, move the callers, then remove this one`,
  };
}

/** Variables are shown without their values, which may be secret. */
function describeChange(key: string, before: unknown, after: unknown): string {
  if (key !== "environmentVariables") return `${showProperty(before)} -> ${showProperty(after)}`;
  const [old, now] = [before, after].map((variables) => (isMap(variables) ? variables : {})) as [Variables, Variables];
  const names = Object.keys({ ...old, ...now }).filter((name) => old[name] !== now[name]);
  return `${names.join(", ")} changed`;
}

type Variables = Readonly<Record<string, unknown>>;

/** Shows only the end of a model version's id, which distinguishes it. */
function showProperty(value: unknown): string {
  const version = typeof value === "string" ? /\/models\/(.+)$/i.exec(value)?.[1] : undefined;
  return value === undefined ? "none" : (version ?? show(value));
}
