import type { Weight } from "./served";

/** A request's deployment, and the one that gets a mirrored copy. */
export type Route =
  | { readonly kind: "deployment"; readonly name: string; readonly mirror: string | undefined }
  | { readonly kind: "unknown-deployment"; readonly name: string }
  | { readonly kind: "nothing-serves" };

export interface RouteRequest {
  /** The header `azureml-model-deployment`. */
  readonly addressed: string | undefined;
  readonly traffic: readonly Weight[];
  readonly mirrorTraffic: readonly Weight[];
  /** Names of the deployments that can answer, lower case. */
  readonly deployments: { has(name: string): boolean };
  /** A number from 0 to below 1 for each choice. */
  readonly random: () => number;
}

/** Chooses by header, else by weight; requests with the header are never mirrored ("how-to-safely-rollout-online-endpoints"). */
export function chooseRoute({ addressed, traffic, mirrorTraffic, deployments, random }: RouteRequest): Route {
  if (addressed !== undefined) {
    const name = addressed.toLowerCase();
    return deployments.has(name)
      ? { kind: "deployment", name, mirror: undefined }
      : { kind: "unknown-deployment", name: addressed };
  }
  const ready = traffic.filter(({ deployment }) => deployments.has(deployment));
  const total = ready.reduce((sum, { percent }) => sum + percent, 0);
  let point = random() * total;
  const chosen = ready.find(({ percent }) => (point -= percent) < 0) ?? ready[0];
  if (chosen === undefined) return { kind: "nothing-serves" };
  const mirror = mirrorTraffic.find(({ deployment }) => deployments.has(deployment));
  const isMirrored = mirror !== undefined && random() * 100 < mirror.percent;
  return { kind: "deployment", name: chosen.deployment, mirror: isMirrored ? mirror.deployment : undefined };
}

/** The weights above 0 of an endpoint's traffic map. */
export function weightsOf(map: Readonly<Record<string, unknown>>): readonly Weight[] {
  return Object.entries(map)
    .map(([name, percent]) => ({ deployment: name.toLowerCase(), percent: Number(percent) }))
    .filter(({ percent }) => percent > 0);
}
