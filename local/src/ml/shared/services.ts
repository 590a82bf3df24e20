import type { ArmServices } from "../../arm/services";
import type { Resource } from "../../arm/store";
import type { Identity } from "../../identity/identity";
import type { StorageServices } from "../../storage/services";
import type { ContainerLogs } from "./containerLog";
import type { Readings } from "./readings";

/** Cores of a region that a family of virtual machines may use: subscription limits by name of the family. */
export type CoreLimits = Readonly<Record<string, number>>;

/** What resource types ask of the data plane. */
export interface ModelServer {
  /** Loads the model of a deployment; the old one answers until the new one can. @throws ModelLoadError */
  load(deployment: Resource): Promise<void>;
  /** Releases the models of deleted endpoints and deployments. */
  forget(removed: readonly Resource[]): void;
  /** What the containers of a deployment have written. */
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
