import type { ArmServices } from "../../arm/services";
import type { Resource } from "../../arm/store";
import type { Identity } from "../../identity/identity";
import type { StorageServices } from "../../storage/services";
import type { ContainerLogs } from "./containerLog";

/** Cores of a region that a family of virtual machines may use: subscription limits by name of the family. */
export type CoreLimits = Readonly<Record<string, number>>;

/** What resource types ask of the data plane. */
interface ModelServer {
  /** Loads the model of a deployment; the old one answers until the new one is ready. @throws ModelLoadError */
  load(deployment: Resource): Promise<void>;
  /** Releases the models of deleted endpoints and deployments. */
  forget(removed: readonly Resource[]): void;
  /** The container logs of a deployment. */
  logsOf(deploymentId: string): ContainerLogs;
}

export interface MlServices extends ArmServices {
  readonly blobs: Pick<StorageServices["blobs"], "createContainer">;
  readonly identity: Pick<Identity, "issueEndpointToken">;
  readonly serving: ModelServer;
  readonly readings: Readings;
  /** A family without a limit has a high one. */
  readonly coreLimits: CoreLimits;
}

/** What the service does where Microsoft documents nothing: a client has to work with either. */
export interface Readings {
  /** Whether an endpoint PUT without `traffic` clears the live weights. @default true */
  readonly omittedTrafficClears: boolean;
  /** Whether a weight of 0 that was written is answered. @default true */
  readonly zeroWeightsAnswered: boolean;
  /** Whether a deployment that is deleted stays in the traffic map, with its 0. @default false */
  readonly deletedWeightStays: boolean;
  /** Whether a deployment in state Failed must be deleted before it can be written again. @default false */
  readonly failedDeploymentStays: boolean;
  /**
   * Whether a model must be in a datastore that the workspace came with, where the identity of the endpoint may read it:
   * the system-assigned one always, a user-assigned one with the role Storage Blob Data Reader. @default false
   */
  readonly datastoresNeedRole: boolean;
}

export function readingsOf(given: Partial<Readings>): Readings {
  return {
    omittedTrafficClears: given.omittedTrafficClears ?? true,
    zeroWeightsAnswered: given.zeroWeightsAnswered ?? true,
    deletedWeightStays: given.deletedWeightStays ?? false,
    failedDeploymentStays: given.failedDeploymentStays ?? false,
    datastoresNeedRole: given.datastoresNeedRole ?? false,
  };
}
