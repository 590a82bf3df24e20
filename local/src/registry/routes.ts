import { nameAvailability } from "../arm/nameAvailability";
import type { Routes } from "../arm/routes";
import type { ArmServices } from "../arm/services";
import { REGISTRY_NAMES, registries } from "./handlers";

export function registryRoutes(services: ArmServices): Routes {
  return {
    "Microsoft.ContainerRegistry": nameAvailability(services.store, REGISTRY_NAMES),
    "Microsoft.ContainerRegistry/registries": registries(services),
  };
}
