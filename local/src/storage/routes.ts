import { nameAvailability } from "../arm/nameAvailability";
import type { Routes } from "../arm/routes";
import { blobContainers } from "./blobContainers";
import { blobServices } from "./blobServices";
import type { StorageServices } from "./services";
import { STORAGE_NAMES, storageAccounts } from "./storageAccounts";

export function storageRoutes(services: StorageServices): Routes {
  return {
    "Microsoft.Storage": nameAvailability(services.store, STORAGE_NAMES),
    "Microsoft.Storage/storageAccounts": storageAccounts(services),
    "Microsoft.Storage/storageAccounts/blobServices": blobServices(services),
    "Microsoft.Storage/storageAccounts/blobServices/containers": blobContainers(services),
  };
}
