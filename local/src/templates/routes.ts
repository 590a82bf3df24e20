import type { Routes } from "../arm/resourceHandler";
import { templateDeploymentOperations, templateDeploymentStatus, templateDeployments } from "./handlers";
import type { TemplatesServices } from "./services";

export function templateRoutes(services: TemplatesServices): Routes {
  return {
    "Microsoft.Resources/deployments": templateDeployments(services),
    "Microsoft.Resources/deployments/operations": templateDeploymentOperations(services),
    "Microsoft.Resources/deployments/operationStatuses": templateDeploymentStatus(services),
  };
}
