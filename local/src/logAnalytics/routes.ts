import type { Routes } from "../arm/resourceHandler";
import type { ArmServices } from "../arm/services";
import { logWorkspaces } from "./handlers";

export function logAnalyticsRoutes(services: ArmServices): Routes {
  return { "Microsoft.OperationalInsights/workspaces": logWorkspaces(services) };
}
