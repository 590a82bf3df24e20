import { genericResource } from "../arm/generic";
import type { Routes } from "../arm/resourceHandler";
import type { ArmServices } from "../arm/services";
import { roleAssignments, roleDefinitions, userAssignedIdentities } from "./handlers";

export function authorizationRoutes(services: ArmServices): Routes {
  return {
    "Microsoft.Authorization/roleAssignments": roleAssignments(services),
    "Microsoft.Authorization/roleDefinitions": roleDefinitions(),
    "Microsoft.ManagedIdentity/userAssignedIdentities": genericResource(services, userAssignedIdentities(services)),
  };
}
