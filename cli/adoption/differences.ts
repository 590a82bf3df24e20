import { show } from "../../components/values/violation";
import type { Violation } from "../../components/values/violation";
import { formatTraffic, sameTraffic } from "../../components/rollout/weights";
import type { TrafficState, Weights } from "../../components/rollout/weights";
import { nameOf, mapIn, nameIn, textIn, valueIn } from "../stack/exportedStack";
import type { PlannedEndpoint } from "./plannedEndpoint";
import { HIDDEN } from "../stack/previewedStack";
import type { PlannedResource } from "../stack/previewedStack";
import { liveOf, tagsOf } from "./service";
import type { Service } from "./service";

/** Where the program differs from the service: adopting it would later change the service, or hide the difference. */
export function differencesOf(planned: PlannedEndpoint, service: Service): readonly Violation[] {
  return [
    ...planned.others.map((other) => ({
      path: nameOf(other),
      reason: `${other.type} is declared and would be created; adopt what is there first, then add it`,
    })),
    ...hiddenOf([planned.endpoint, ...planned.deployments, planned.traffic]),
    ...differencesOfEndpoint(planned, service),
    ...differencesOfDeployments(planned, service),
  ];
}

/** The weights that the program writes. */
export function plannedTraffic({ traffic }: PlannedEndpoint): TrafficState {
  const parameter = (name: string): Weights => mapIn(traffic.inputs, `properties.parameters.${name}.value`) as Weights;
  return { traffic: parameter("traffic"), mirrorTraffic: parameter("mirrorTraffic") };
}

function hiddenOf(resources: readonly PlannedResource[]): Violation[] {
  return resources
    .filter(({ inputs }) => JSON.stringify(inputs).includes(JSON.stringify(HIDDEN)))
    .map((resource) => ({ path: nameOf(resource), reason: "it has a secret input, which a preview does not show" }));
}

function differencesOfEndpoint(planned: PlannedEndpoint, service: Service): Violation[] {
  const { inputs } = planned.endpoint;
  const live = liveOf(service);
  const declared = plannedTraffic(planned);
  const tags = tagsOf(service.endpoint);
  return [
    ...compare("location", textIn(inputs, "location"), textIn(service.endpoint, "location")),
    ...compare("kind", textIn(inputs, "kind"), textIn(service.endpoint, "kind") ?? "Managed"),
    ...compare("identity", textIn(inputs, "identity.type"), textIn(service.endpoint, "identity.type")),
    ...["authMode", "publicNetworkAccess"].flatMap((name) =>
      compare(name, textIn(inputs, `properties.${name}`), textIn(service.endpoint, `properties.${name}`)),
    ),
    ...(sameTraffic(declared, live) ? [] : [differs("traffic", formatTraffic(declared), formatTraffic(live))]),
    ...Object.entries(mapIn(inputs, "tags")).flatMap(([name, value]) => compare(`tags.${name}`, value, tags[name])),
  ];
}

function differencesOfDeployments(planned: PlannedEndpoint, service: Service): Violation[] {
  const there = new Map(service.deployments.map((deployment) => [nameIn(deployment).toLowerCase(), deployment]));
  const declared = planned.deployments.map(({ inputs = {} }) => ({
    name: textIn(inputs, "deploymentName") ?? "",
    inputs,
  }));
  const names = new Set(declared.map(({ name }) => name.toLowerCase()));
  const missing = [...there].flatMap(([name, deployment]) =>
    names.has(name)
      ? []
      : [
          {
            path: `deployments.${nameIn(deployment)}`,
            reason: "it is on the endpoint and the program does not declare it",
          },
        ],
  );
  const different = declared.flatMap(({ name, inputs }) => {
    const path = `deployments.${name}`;
    const deployment = there.get(name.toLowerCase());
    if (deployment === undefined)
      return [{ path, reason: "it is declared and not on the endpoint; adopt what is there first, then add it" }];
    return [
      ["modelVersion", "properties.model"] as const,
      ["instanceType", "properties.instanceType"] as const,
      ["instanceCount", "sku.capacity"] as const,
    ].flatMap(([setting, at]) => compare(`${path}.${setting}`, valueIn(inputs, at), valueIn(deployment, at)));
  });
  return [...missing, ...different];
}

function compare(path: string, declared: unknown, live: unknown): Violation[] {
  return plain(declared) === plain(live) ? [] : [differs(path, show(declared), show(live))];
}

function differs(path: string, declared: string, live: string): Violation {
  return { path, reason: `the program declares ${declared}, the service has ${live}; declare what it has` };
}

/** Azure compares names and ids ignoring case, and locations ignoring blanks. */
function plain(value: unknown): string {
  return typeof value === "string" ? value.toLowerCase().replaceAll(" ", "") : JSON.stringify(value ?? null);
}
