import { genericResource } from "../arm/generic";
import { nameAvailability } from "../arm/names";
import type { Routes } from "../arm/resourceHandler";
import type { ArmServices } from "../arm/services";
import { secrets, vaults } from "./handlers";
import { VAULT_NAMES } from "./records";

export function keyVaultRoutes(services: ArmServices): Routes {
  return {
    "Microsoft.KeyVault": nameAvailability(services.store, VAULT_NAMES),
    "Microsoft.KeyVault/vaults": genericResource(services, vaults(services.url)),
    "Microsoft.KeyVault/vaults/secrets": secrets(services),
  };
}
