import type { ArmRequest } from "../../arm/resourceHandler";
import type { Resource } from "../../arm/store";
import { objectAt, textAt } from "../../common/json";
import { WORKSPACE, documentHead, identityAfterWrite, serviceProperties, systemData } from "../shared/records";
import type { MlServices } from "../shared/services";

export const ENDPOINT = `${WORKSPACE}/onlineendpoints`;
export const ONLINE_DEPLOYMENT = `${ENDPOINT}/deployments`;
/** Recorded: 20 s. */
export const ENDPOINT_UPDATE_MS = 20_000;
export const NAME = /^[a-zA-Z][-a-zA-Z0-9]{1,30}[a-zA-Z0-9]$/;

/** The provisioning states of the deployments of an endpoint, by lower-case name. */
export function deploymentStates({ store }: MlServices, endpointId: string): Map<string, string> {
  const deployments = store.list(ONLINE_DEPLOYMENT, endpointId);
  return new Map(
    deployments.map(({ document }) => [
      String(document["name"]).toLowerCase(),
      String(objectAt(document, "properties")["provisioningState"]),
    ]),
  );
}

/** An endpoint as Azure returns it during a PUT: the old weights and addresses stay until it ends. */
export function endpointDocument(
  services: MlServices,
  request: ArmRequest,
  existing: Resource | undefined,
  location: string,
): Record<string, unknown> {
  const { body } = request;
  const given = objectAt(body, "properties");
  const before = objectAt(existing?.document, "properties");
  return {
    ...documentHead(request, existing, "onlineEndpoints", location),
    kind: textAt(body, "kind") ?? "Managed",
    identity: identityAfterWrite(services, body, existing?.document),
    systemData: systemData(services.clock, existing?.document),
    properties: {
      authMode: before["authMode"] ?? given["authMode"],
      compute: given["compute"] ?? null,
      description: given["description"] ?? null,
      keys: null,
      publicNetworkAccess: given["publicNetworkAccess"] ?? "Enabled",
      properties: serviceProperties(existing?.document, given, {}),
      traffic: before["traffic"] ?? {},
      mirrorTraffic: before["mirrorTraffic"] ?? {},
      scoringUri: before["scoringUri"] ?? null,
      swaggerUri: before["swaggerUri"] ?? null,
      provisioningState: existing === undefined ? "Creating" : "Updating",
    },
  };
}

export type TrafficMap = Readonly<Record<string, number>>;

/** Provisioning states of an endpoint's deployments, by lower-case name. */
export type DeploymentStates = ReadonlyMap<string, string>;

/** An endpoint's traffic. */
export interface EndpointTraffic {
  readonly traffic: TrafficMap;
  readonly mirrorTraffic: TrafficMap;
}

/** The weight of a deployment; names are compared without case. */
export function weightOf(traffic: TrafficMap, name: string): number {
  const found = Object.entries(traffic).find(([other]) => other.toLowerCase() === name.toLowerCase());
  return found?.[1] ?? 0;
}

/** The weights without one deployment. */
export function withoutDeployment(traffic: TrafficMap, name: string): TrafficMap {
  return Object.fromEntries(Object.entries(traffic).filter(([other]) => other.toLowerCase() !== name.toLowerCase()));
}

export function withoutZeroWeights(traffic: TrafficMap): TrafficMap {
  return Object.fromEntries(Object.entries(traffic).filter(([, weight]) => weight > 0));
}
