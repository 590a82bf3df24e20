import type { ArmServices } from "../arm/services";
import type { Resource } from "../arm/store";

export interface ResourcesServices extends ArmServices {
  /** Told of what went with its resource group. */
  removed(resources: readonly Resource[]): void;
}
