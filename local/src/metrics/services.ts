import type { ArmServices } from "../arm/services";
import type { RequestMetrics } from "./records";

export interface MetricsServices extends ArmServices {
  readonly requestMetrics: RequestMetrics;
}
