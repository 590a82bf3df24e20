import type { Tags } from "../../components/rollout/record";
import type { Weights } from "../../components/rollout/weights";
import { mapIn, nameIn, textIn, valueIn } from "../stack/exportedStack";
import type { Values } from "../stack/exportedStack";
import type { MetricsView } from "../view/rolloutView";

/** A deployment as Azure has it now. */
export interface LiveRolloutDeployment {
  readonly name: string;
  /** Provisioning state as Azure words it. */
  readonly state: string;
  /** Machines or pods; left out where the cluster decides. */
  readonly instances?: number;
  /** ARM id of its model; left out when it has none. */
  readonly modelId?: string;
}

/** An endpoint as Azure has it now. */
export interface LiveRolloutEndpoint {
  readonly name: string;
  readonly id: string;
  /** Provisioning state as Azure words it. */
  readonly state: string;
  readonly traffic: Weights;
  readonly mirrorTraffic: Weights;
  readonly tags: Tags;
  /** When anything of it was last written, RFC 3339. */
  readonly lastModifiedAt?: string;
  readonly scoringUri?: string;
  /** `Key`, `AMLToken` or `AADToken`. */
  readonly authMode: string;
}

/** A rollout as Azure has it now. */
export interface LiveRollout {
  /** When it was read by this machine's clock, or as `MLFLOW_ROLLOUT_NOW` says. */
  readonly at: Date;
  /** Undefined when Azure has none. */
  readonly endpoint: LiveRolloutEndpoint | undefined;
  readonly deployments: readonly LiveRolloutDeployment[];
  /** By deployment, as it is named in `deployments`; undefined when Azure Monitor could not be asked. */
  readonly metrics: Readonly<Record<string, MetricsView>> | undefined;
  /** What could not be read and why, one line each. */
  readonly missing: readonly string[];
}

/** @param id - where it was read */
export function endpointOf(document: Values, id: string): LiveRolloutEndpoint {
  const lastModifiedAt = textIn(document, "systemData.lastModifiedAt");
  const scoringUri = textIn(document, "properties.scoringUri");
  return {
    name: nameIn(document),
    id: textIn(document, "id") ?? id,
    state: textIn(document, "properties.provisioningState") ?? "Unknown",
    traffic: mapIn(document, "properties.traffic") as Weights,
    mirrorTraffic: mapIn(document, "properties.mirrorTraffic") as Weights,
    tags: mapIn(document, "tags") as Tags,
    ...(lastModifiedAt !== undefined && { lastModifiedAt }),
    ...(scoringUri !== undefined && { scoringUri }),
    authMode: textIn(document, "properties.authMode") ?? "Unknown",
  };
}

export function deploymentOf(document: Values): LiveRolloutDeployment {
  const instances = valueIn(document, "sku.capacity");
  const modelId = textIn(document, "properties.model");
  return {
    name: nameIn(document),
    state: textIn(document, "properties.provisioningState") ?? "Unknown",
    ...(typeof instances === "number" && { instances }),
    ...(modelId !== undefined && { modelId }),
  };
}
