import { genericResource } from "../arm/generic";
import { nameAvailability } from "../arm/nameAvailability";
import type { Routes } from "../arm/routes";
import type { ArmServices } from "../arm/services";
import { secrets } from "./secrets";
import { VAULT_NAMES, vaults } from "./vaults";

export function keyVaultRoutes(services: ArmServices): Routes {
  return {
    "Microsoft.KeyVault": nameAvailability(services.store, VAULT_NAMES),
    "Microsoft.KeyVault/vaults": genericResource(services, vaults(services.url)),
    "Microsoft.KeyVault/vaults/secrets": secrets(services),
  };
}
