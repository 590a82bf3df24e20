/** How a request is routed: to a deployment, and whether a copy goes to another one. */
export type Route =
  | { readonly kind: "deployment"; readonly name: string; readonly mirror: string | undefined }
  | { readonly kind: "unknown-deployment"; readonly name: string }
  | { readonly kind: "nothing-serves" };

export interface RouteRequest {
  /** The header `azureml-model-deployment`. */
  readonly addressed: string | undefined;
  readonly traffic: Readonly<Record<string, number>>;
  readonly mirrorTraffic: Readonly<Record<string, number>>;
  /** Names of the deployments that can answer, lower case. */
  readonly deployments: ReadonlySet<string>;
  /** A number from 0 to below 1 for each choice. */
  readonly random: () => number;
}

/** Chooses by header, else by weight; requests with the header are never mirrored ("how-to-safely-rollout-online-endpoints"). */
export function chooseRoute(request: RouteRequest): Route {
  const { addressed, traffic, mirrorTraffic, deployments, random } = request;
  if (addressed !== undefined) {
    const name = addressed.toLowerCase();
    return deployments.has(name)
      ? { kind: "deployment", name, mirror: undefined }
      : { kind: "unknown-deployment", name: addressed };
  }
  const ready = positive(traffic).filter(([name]) => deployments.has(name));
  const total = ready.reduce((sum, [, weight]) => sum + weight, 0);
  if (total === 0) return { kind: "nothing-serves" };
  let point = random() * total;
  const chosen = ready.find(([, weight]) => (point -= weight) < 0) ?? ready[0];
  return { kind: "deployment", name: chosen?.[0] ?? "", mirror: chooseMirror(mirrorTraffic, deployments, random) };
}

function chooseMirror(
  mirrorTraffic: Readonly<Record<string, number>>,
  deployments: ReadonlySet<string>,
  random: () => number,
): string | undefined {
  const target = positive(mirrorTraffic).find(([name]) => deployments.has(name));
  return target !== undefined && random() * 100 < target[1] ? target[0] : undefined;
}

function positive(weights: Readonly<Record<string, number>>): [string, number][] {
  return Object.entries(weights)
    .filter(([, weight]) => weight > 0)
    .map(([name, weight]) => [name.toLowerCase(), weight]);
}
