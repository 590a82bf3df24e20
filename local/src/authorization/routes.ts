import { genericResource } from "../arm/generic";
import type { Routes } from "../arm/routes";
import type { ArmServices } from "../arm/services";
import { roleAssignments } from "./roleAssignments";
import { roleDefinitions } from "./roleDefinitions";
import { userAssignedIdentities } from "./userAssignedIdentities";

export function authorizationRoutes(services: ArmServices): Routes {
  return {
    "Microsoft.Authorization/roleAssignments": roleAssignments(services),
    "Microsoft.Authorization/roleDefinitions": roleDefinitions(),
    "Microsoft.ManagedIdentity/userAssignedIdentities": genericResource(services, userAssignedIdentities(services)),
  };
}
