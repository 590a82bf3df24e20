import { getClientConfig } from "@pulumi/azure-native/authorization/getClientConfig";
import { Vault } from "@pulumi/azure-native/keyvault/vault";
import * as pulumi from "@pulumi/pulumi";
import { lookup } from "./lookup";
import type { Place } from "./place";
import { protection } from "./protection";
import type { Scope } from "./scope";

/** The key vault of a created workspace. */
export function declareVault(
  { name, args, component, placed, lookups, suffix }: Scope,
  place: Place,
): pulumi.Output<string> {
  const given = args.workspace?.associatedKeyVaultResourceId;
  if (given !== undefined) return pulumi.output(given);
  const vault = new Vault(
    `${name}-vault`,
    {
      ...place,
      vaultName: pulumi.interpolate`kv-mlflow-${suffix()}`,
      properties: {
        tenantId: lookups
          .expect(pulumi.output(lookups.ask(readClient(component), undefined)))
          .apply((it) => it?.tenantId ?? ""),
        sku: { family: "A", name: "standard" },
        enableRbacAuthorization: true,
        ...(args.hardened === true && {
          enablePurgeProtection: true,
          publicNetworkAccess: "Disabled",
          networkAcls: { bypass: "AzureServices", defaultAction: "Deny" },
        }),
      },
    },
    { ...placed, ...protection(args) },
  );
  return vault.id;
}

function readClient(component: pulumi.ComponentResource) {
  const found = getClientConfig({ parent: component });
  return lookup({ path: "workspace", found, key: "tenantId", absent: "the provider's tenant cannot be found" });
}
