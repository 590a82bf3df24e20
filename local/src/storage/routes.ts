import { nameAvailability } from "../arm/names";
import type { Routes } from "../arm/resourceHandler";
import { blobContainers, blobServices, storageAccounts } from "./handlers";
import { STORAGE_NAMES } from "./records";
import type { StorageServices } from "./services";

export function storageRoutes(services: StorageServices): Routes {
  return {
    "Microsoft.Storage": nameAvailability(services.store, STORAGE_NAMES),
    "Microsoft.Storage/storageAccounts": storageAccounts(services),
    "Microsoft.Storage/storageAccounts/blobServices": blobServices(services),
    "Microsoft.Storage/storageAccounts/blobServices/containers": blobContainers(services),
  };
}
