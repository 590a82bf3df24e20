import type { ArmServices } from "../arm/services";
import type { Resource } from "../arm/store";
import type { ActivityLog } from "./activityLog";

export interface MonitorServices extends ArmServices {
  readonly activityLog: ActivityLog;
  /** Told of a resource whose autoscale setting was written. */
  autoscaled(target: Resource): void;
}
