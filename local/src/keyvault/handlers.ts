import { bool, check, guid, integer, object, oneOf, optional } from "../arm/checks";
import { genericResource, withoutProvisioningState } from "../arm/generic";
import type { ResourceRules } from "../arm/generic";
import type { ResourceHandler } from "../arm/resourceHandler";
import type { ArmServices } from "../arm/services";
import { objectAt } from "../common/json";
import {
  MAX_VERSIONS,
  VAULT_NAMES,
  newSecretVersion,
  secretDocument,
  secretUri,
  secretVersions,
  vaultUri,
} from "./records";
import { accessPoliciesMissing, purgeProtectionStays, vaultTaken } from "./refusals";

const MAX_VALUE = 25 * 1024;

/**
 * Key vaults. A deleted vault is gone at once and its name is free, while Azure retains it; access policies are stored
 * but not enforced.
 */
export function vaults(url: string): ResourceRules {
  return {
    name: [VAULT_NAMES.pattern, VAULT_NAMES.allowed],
    location: "regional",
    checks: {
      "properties.tenantId": guid,
      "properties.softDeleteRetentionInDays": optional(integer(7, 90)),
      "properties.publicNetworkAccess": optional(oneOf("Enabled", "Disabled")),
    },
    taken: (name) => vaultTaken(name),
    refuse: (_, body, existing) => {
      const { accessPolicies, enableRbacAuthorization, enablePurgeProtection } = objectAt(body, "properties");
      if (accessPolicies === undefined && enableRbacAuthorization !== true) throw accessPoliciesMissing();
      if (
        objectAt(existing?.document, "properties")["enablePurgeProtection"] === true &&
        enablePurgeProtection !== true
      )
        throw purgeProtectionStays();
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

/** The secrets of key vaults. Values are written here and read only at the vault's own address. */
export function secrets(services: ArmServices): ResourceHandler {
  const { clock, url } = services;
  const seconds = () => Math.floor(clock.now() / 1000);
  const {
    patch: _,
    delete: __,
    ...handler
  } = genericResource(services, {
    name: [/^[-a-zA-Z0-9]{1,127}$/, "1 to 127 letters, digits and '-'"],
    checks: {
      "properties.value": check(
        `text of at most ${MAX_VALUE} bytes`,
        (value) => typeof value === "string" && Buffer.byteLength(value) <= MAX_VALUE,
      ),
      "properties.attributes": optional(object),
      "properties.attributes.enabled": optional(bool),
    },
    secrets: ["value"],
    adds: withoutProvisioningState,
    written: (secret, existing) => {
      const versions = secretVersions(existing);
      const version = newSecretVersion(secret, versions[0], seconds());
      secret.hidden = { versions: [version, ...versions].slice(0, MAX_VERSIONS) };
      secret.document = secretDocument(secret.document, version, secretUri(url, secret.id));
    },
  });
  return handler;
}
