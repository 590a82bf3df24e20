import { nameAvailability } from "../arm/names";
import type { Routes } from "../arm/resourceHandler";
import type { ArmServices } from "../arm/services";
import { REGISTRY_NAMES, registries } from "./handlers";

export function registryRoutes(services: ArmServices): Routes {
  return {
    "Microsoft.ContainerRegistry": nameAvailability(services.store, REGISTRY_NAMES),
    "Microsoft.ContainerRegistry/registries": registries(services),
  };
}
