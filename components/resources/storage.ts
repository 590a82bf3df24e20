import { StorageAccount } from "@pulumi/azure-native/storage/storageAccount";
import * as pulumi from "@pulumi/pulumi";
import type { Place } from "./place";
import { protection } from "./protection";
import type { Scope } from "./scope";

/** The storage account of a created workspace. */
export function declareStorage({ name, args, placed, suffix }: Scope, place: Place): pulumi.Output<string> {
  const given = args.workspace?.associatedStorageAccountResourceId;
  if (given !== undefined) return pulumi.output(given);
  const account = new StorageAccount(
    `${name}-storage`,
    {
      ...place,
      accountName: pulumi.interpolate`stmlflow${suffix()}`,
      kind: "StorageV2",
      sku: { name: "Standard_LRS" },
      allowBlobPublicAccess: false,
      ...(args.workspace?.systemDatastoresAuthMode === "Identity" && { allowSharedKeyAccess: false }),
      minimumTlsVersion: "TLS1_2",
      enableHttpsTrafficOnly: true,
      ...(args.hardened === true && {
        publicNetworkAccess: "Disabled",
        // Azure ML comes as a trusted service.
        networkRuleSet: { bypass: "AzureServices", defaultAction: "Deny" },
      }),
    },
    { ...placed, ...protection(args) },
  );
  return account.id;
}
