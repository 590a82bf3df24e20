import { refusals } from "../shared/refusals";

export type TrafficMap = Readonly<Record<string, number>>;

/** What is known of the deployments of an endpoint: provisioning state by lower-case name. */
export type DeploymentStates = ReadonlyMap<string, string>;

/** What an endpoint does with its requests. */
export interface EndpointTraffic {
  readonly traffic: TrafficMap;
  readonly mirrorTraffic: TrafficMap;
}

/**
 * Refuses the weights that Azure refuses. The first broken rule is told, as the service does.
 *
 * Assumed: a deployment that failed after it got its weight may keep it, or get more; its instances answer as before.
 *
 * @param live - what is live before the write
 */
export function checkEndpointTraffic(
  { traffic, mirrorTraffic: mirror }: EndpointTraffic,
  live: EndpointTraffic,
  states: DeploymentStates,
): void {
  checkValues("traffic", traffic, 100);
  checkValues("mirrorTraffic", mirror, 50);
  const total = Object.values(traffic).reduce((sum, weight) => sum + weight, 0);
  if (total !== 0 && total !== 100) throw refusals.trafficSum(total);
  for (const [name, weight] of [...Object.entries(traffic), ...Object.entries(mirror)]) {
    const state = states.get(name.toLowerCase());
    if (state === undefined) throw refusals.trafficUnknown(name);
    const rises = weight > 0 && weightOf(live.traffic, name) + weightOf(live.mirrorTraffic, name) === 0;
    if (rises && state !== "Succeeded" && state !== "Updating" && state !== "Scaling") {
      throw refusals.trafficNotReady(name, state);
    }
  }
  const targets = Object.keys(mirror).filter((name) => (mirror[name] ?? 0) > 0);
  if (targets.length > 1) throw refusals.mirrorTargets(targets.length);
  for (const target of targets) {
    if (weightOf(traffic, target) > 0) throw refusals.mirrorLive(target);
  }
}

/** The weight of a deployment; names are compared without case. */
export function weightOf(traffic: TrafficMap, name: string): number {
  const found = Object.entries(traffic).find(([other]) => other.toLowerCase() === name.toLowerCase());
  return found?.[1] ?? 0;
}

/** The map without one deployment. */
export function without(traffic: TrafficMap, name: string): TrafficMap {
  return Object.fromEntries(Object.entries(traffic).filter(([other]) => other.toLowerCase() !== name.toLowerCase()));
}

export function withoutZeros(traffic: TrafficMap): TrafficMap {
  return Object.fromEntries(Object.entries(traffic).filter(([, weight]) => weight > 0));
}

function checkValues(key: "traffic" | "mirrorTraffic", map: TrafficMap, max: number): void {
  for (const [name, value] of Object.entries<unknown>(map)) {
    const ok = typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= max;
    if (!ok) throw refusals.trafficValue(key, name, value);
  }
}
