import { badRequest, conflict } from "../arm/errors";
import type { ArmError } from "../arm/errors";

// reported with `az acr create`
export function registryTaken(server: string): ArmError {
  return conflict(
    "AlreadyInUse",
    `The registry DNS name ${server} is already in use. You can check if the name is already claimed using following API: https://docs.microsoft.com/en-us/rest/api/containerregistry/registries/checknameavailability`,
  );
}

export function adminUserDisabled(registryId: string): ArmError {
  return badRequest(
    "UnAuthorizedForCredentialOperations",
    `Cannot perform credential operations for ${registryId} as admin user is disabled. Kindly enable admin user as per docs: https://docs.microsoft.com/en-us/azure/container-registry/container-registry-authentication#admin-account`,
  );
}
