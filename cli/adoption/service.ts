import { recordOf } from "../../components/rollout/record";
import type { ResourceState, Values } from "../stack/exportedStack";
import type { RecordedEndpoint } from "../../components/rollout/record";
import type { Weights } from "../../components/rollout/weights";
import type { EndpointId } from "./endpointId";
import { textIn, mapIn } from "../stack/exportedStack";

/** An endpoint that serves, as Azure has it. */
export interface Service {
  readonly id: EndpointId;
  readonly endpoint: Values;
  readonly deployments: readonly Values[];
  /** What the provider keeps of the endpoint and its deployments in a state, by lower-case id. */
  readonly outputs: ReadonlyMap<string, Values>;
  /** The provider that read them, as recorded in the state. */
  readonly provider: ResourceState;
}

/** What the component reads of a live endpoint. */
export function liveOf({ endpoint }: Service): RecordedEndpoint {
  const lastModifiedAt = textIn(endpoint, "systemData.lastModifiedAt");
  return {
    traffic: mapIn(endpoint, "properties.traffic") as Weights,
    mirrorTraffic: mapIn(endpoint, "properties.mirrorTraffic") as Weights,
    tags: tagsOf(endpoint),
    ...(lastModifiedAt !== undefined && { lastModifiedAt }),
  };
}

export function tagsOf(document: Values): Readonly<Record<string, string>> {
  return mapIn(document, "tags") as Record<string, string>;
}

/** The stack and component that last wrote an endpoint; undefined when this package never has. */
export function ownerOfService({ endpoint }: Service): string | undefined {
  return recordOf(tagsOf(endpoint)).owner;
}
