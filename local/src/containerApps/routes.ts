import { genericResource } from "../arm/generic";
import type { Routes } from "../arm/resourceHandler";
import type { ArmServices } from "../arm/services";
import { CONTAINER_APP, MANAGED_ENVIRONMENT } from "./handlers";

export function appRoutes(services: ArmServices): Routes {
  return {
    "Microsoft.App/managedEnvironments": genericResource(services, MANAGED_ENVIRONMENT),
    "Microsoft.App/containerApps": genericResource(services, CONTAINER_APP),
  };
}
