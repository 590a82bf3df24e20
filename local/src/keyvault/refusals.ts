import { badRequest, conflict } from "../arm/errors";
import type { ArmError } from "../arm/errors";

// Esri/arcgis-gitops#174
export function vaultTaken(name: string): ArmError {
  return conflict(
    "VaultAlreadyExists",
    `The vault name '${name}' is already in use. Vault names are globally unique so it is possible that the name is already taken. If you are sure that the vault name was not taken then it is possible that a vault with the same name was recently deleted but not purged after being placed in a recoverable state. If the vault is in a recoverable state then the vault will need to be purged before reusing the name. For more information about VaultAlreadyExists, soft delete and purging a vault follow this link https://go.microsoft.com/fwlink/?linkid=2147740.`,
  );
}

// assumed text; the specification: required unless createMode is recover or RBAC is used
export function accessPoliciesMissing(): ArmError {
  return badRequest("BadRequest", "The parameter accessPolicies is not specified.");
}

export function purgeProtectionStays(): ArmError {
  return badRequest(
    "BadRequest",
    `The property "enablePurgeProtection" cannot be set to false. Enabling the purge protection for a vault is an irreversible action.`,
  );
}
