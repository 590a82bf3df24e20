import type { ArmServices } from "../arm/services";
import type { RequestMetrics } from "./requestMetrics";

export interface MetricsServices extends ArmServices {
  readonly requestMetrics: RequestMetrics;
}
