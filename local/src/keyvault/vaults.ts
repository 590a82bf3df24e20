import { guid, integer, oneOf, optional } from "../arm/checks";
import { badRequest, conflict } from "../arm/errors";
import { objectAt } from "../common/json";
import type { GenericRules } from "../arm/generic";
import type { NameRules } from "../arm/nameAvailability";

export const VAULT = "microsoft.keyvault/vaults";

export const VAULT_NAMES: NameRules = {
  type: "Microsoft.KeyVault/vaults",
  pattern: /^(?=.{3,24}$)[a-zA-Z](-?[a-zA-Z0-9])*$/,
  allowed: "3 to 24 letters, digits and single '-', a letter first and a letter or digit last",
  invalid: "AccountNameInvalid",
};

/**
 * Key vaults. A deleted vault is gone at once and its name is free, where Azure keeps it for its retention time; access
 * policies are kept and not enforced.
 */
export function vaults(url: string): GenericRules {
  return {
    name: [VAULT_NAMES.pattern, VAULT_NAMES.allowed],
    location: "regional",
    checks: {
      "properties.tenantId": guid,
      "properties.softDeleteRetentionInDays": optional(integer(7, 90)),
      "properties.publicNetworkAccess": optional(oneOf("Enabled", "Disabled")),
    },
    // Esri/arcgis-gitops#174
    taken: (name) =>
      conflict(
        "VaultAlreadyExists",
        `The vault name '${name}' is already in use. Vault names are globally unique so it is possible that the name is already taken. If you are sure that the vault name was not taken then it is possible that a vault with the same name was recently deleted but not purged after being placed in a recoverable state. If the vault is in a recoverable state then the vault will need to be purged before reusing the name. For more information about VaultAlreadyExists, soft delete and purging a vault follow this link https://go.microsoft.com/fwlink/?linkid=2147740.`,
      ),
    refuse: (_, body, existing) => {
      const { accessPolicies, enableRbacAuthorization, enablePurgeProtection } = objectAt(body, "properties");
      if (accessPolicies === undefined && enableRbacAuthorization !== true) {
        // assumed text; the specification: required unless createMode is recover or RBAC is used
        throw badRequest("BadRequest", "The parameter accessPolicies is not specified.");
      }
      if (
        objectAt(existing?.document, "properties")["enablePurgeProtection"] === true &&
        enablePurgeProtection !== true
      ) {
        throw badRequest(
          "BadRequest",
          `The property "enablePurgeProtection" cannot be set to false. Enabling the purge protection for a vault is an irreversible action.`,
        );
      }
    },
    defaults: {
      accessPolicies: [],
      enableSoftDelete: true,
      softDeleteRetentionInDays: 90,
      enableRbacAuthorization: false,
      publicNetworkAccess: "Enabled",
    },
    adds: ({ id }) => ({ vaultUri: vaultUri(url, id.names[0] ?? ""), createMode: undefined }),
  };
}

/** Where the secrets of a vault are read. */
export function vaultUri(url: string, vault: string): string {
  return `${url}/vault/${vault}/`;
}
