import type { TraceEntry } from "azure-mlflow-rollout-local";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bodiesAt } from "../../support/adoptedHeart";
import { LOCATION, STORAGE, armIdOf } from "../../../driver/heartWorkspace";
import { textAt } from "../../support/localAzure";
import { INSIGHTS, OwnWorkspace } from "../../support/ownWorkspace";
import type { Change } from "../../support/ownWorkspace";
import { writesOf } from "../../support/rehearsal";
import type { Rehearsal } from "../../support/rehearsal";

const OWN = "resourceGroups/own/providers";
const TAGS = { team: "cardio" };

let own: OwnWorkspace;
let rehearsal: Rehearsal;
let trace: readonly TraceEntry[];
beforeAll(async () => {
  own = await OwnWorkspace.start();
  ({ rehearsal } = own);
});
afterAll(() => rehearsal.close());

const writesOfPreview = async (refusal: string) => {
  const seen = await rehearsal.armTrace(async () => {
    await expect(rehearsal.stack.preview()).rejects.toThrow(refusal);
  });
  return writesOf(seen);
};

test("a preview before anything exists writes nothing", async () => {
  expect(writesOf(await rehearsal.armTrace(() => rehearsal.stack.preview()))).toEqual([]);
});

describe("a hardened workspace is created", () => {
  const suffix = async (): Promise<string> => {
    const account = (await rehearsal.resources("/storageAccounts")).find(({ id }) => String(id).includes("/own/"));
    return textAt(account, "name").slice("stmlflow".length);
  };
  beforeAll(async () => {
    trace = await rehearsal.armTrace(() => rehearsal.stack.up());
  });

  test("with a storage account without keys that is closed", async () => {
    expect(bodiesAt(trace, `/storageAccounts/stmlflow${await suffix()}`)).toEqual([
      {
        location: LOCATION,
        tags: TAGS,
        kind: "StorageV2",
        sku: { name: "Standard_LRS" },
        properties: {
          allowBlobPublicAccess: false,
          allowSharedKeyAccess: false,
          minimumTlsVersion: "TLS1_2",
          supportsHttpsTrafficOnly: true,
          publicNetworkAccess: "Disabled",
          networkAcls: { bypass: "AzureServices", defaultAction: "Deny" },
        },
      },
    ]);
  });

  test("with a key vault that is closed and cannot be purged", async () => {
    expect(bodiesAt(trace, `/vaults/kv-mlflow-${await suffix()}`)).toEqual([
      {
        location: LOCATION,
        tags: TAGS,
        properties: {
          tenantId: rehearsal.azure.azure.tenantId,
          sku: { family: "A", name: "standard" },
          accessPolicies: [],
          enableRbacAuthorization: true,
          enableSoftDelete: true,
          softDeleteRetentionInDays: 90,
          enablePurgeProtection: true,
          enabledForDeployment: false,
          enabledForDiskEncryption: false,
          enabledForTemplateDeployment: false,
          publicNetworkAccess: "Disabled",
          networkAcls: { bypass: "AzureServices", defaultAction: "Deny" },
        },
      },
    ]);
  });

  test("with a registry that is closed", async () => {
    expect(bodiesAt(trace, `/registries/crmlflow${await suffix()}`)).toEqual([
      {
        location: LOCATION,
        tags: TAGS,
        sku: { name: "Premium" },
        properties: {
          adminUserEnabled: false,
          anonymousPullEnabled: false,
          publicNetworkAccess: "Disabled",
          networkRuleBypassOptions: "AzureServices",
          zoneRedundancy: "Disabled",
        },
      },
    ]);
  });

  test("with what was handed in, in a managed network that reaches packages and what is named", async () => {
    const id = (path: string) => armIdOf(rehearsal.azure, path);
    const identity = id(`${OWN}/Microsoft.ManagedIdentity/userAssignedIdentities/mlw-identity`);
    const fqdn = (destination: string) => ({ type: "FQDN", category: "UserDefined", destination });
    expect(bodiesAt(trace, "/workspaces/mlw-own")).toEqual([
      {
        location: LOCATION,
        tags: TAGS,
        identity: { type: "SystemAssigned,UserAssigned", userAssignedIdentities: { [identity]: {} } },
        sku: { name: "Basic", tier: "Basic" },
        properties: {
          storageAccount: id(`${OWN}/Microsoft.Storage/storageAccounts/stmlflow${await suffix()}`),
          keyVault: id(`${OWN}/Microsoft.KeyVault/vaults/kv-mlflow-${await suffix()}`),
          applicationInsights: id(INSIGHTS),
          containerRegistry: id(`${OWN}/Microsoft.ContainerRegistry/registries/crmlflow${await suffix()}`),
          imageBuildCompute: "builder",
          primaryUserAssignedIdentity: identity,
          publicNetworkAccess: "Disabled",
          systemDatastoresAuthMode: "Identity",
          provisionNetworkNow: true,
          managedNetwork: {
            isolationMode: "AllowOnlyApprovedOutbound",
            firewallSku: "Basic",
            enableNetworkMonitor: false,
            outboundRules: {
              "packages-anaconda": fqdn("anaconda.com"),
              "packages-anaconda-hosts": fqdn("*.anaconda.com"),
              "packages-conda-channels": fqdn("*.anaconda.org"),
              "packages-pypi": fqdn("pypi.org"),
              "packages-pypi-files": fqdn("*.pythonhosted.org"),
              factory: {
                type: "ServiceTag",
                category: "UserDefined",
                destination: { serviceTag: "DataFactory", protocol: "TCP", portRanges: "443" },
              },
              "shared-insights": {
                type: "PrivateEndpoint",
                category: "UserDefined",
                destination: {
                  serviceResourceId: id(INSIGHTS),
                  subresourceTarget: "azuremonitor",
                  sparkEnabled: false,
                },
              },
            },
          },
        },
      },
    ]);
  });

  test("with its private endpoint, and the next preview is empty", async () => {
    expect(bodiesAt(trace, "/privateEndpoints/pe-mlw-own-spoke")).toMatchObject([
      {
        properties: {
          subnet: { id: armIdOf(rehearsal.azure, `${OWN}/Microsoft.Network/virtualNetworks/net/subnets/endpoints`) },
        },
      },
    ]);
    expect(Object.keys((await rehearsal.stack.preview()).changes)).toEqual(["same"]);
  });
});

describe("at preview, without a write, it is refused", () => {
  const storage = () => armIdOf(rehearsal.azure, STORAGE);

  test.each<[string, () => Change, string]>([
    [
      "to move to another storage account",
      () => ({ workspace: { associatedStorageAccountResourceId: storage() } }),
      "a workspace cannot change it; declare a second component to move",
    ],
    [
      "to open the workspace",
      () => ({ workspace: { publicNetworkAccess: "Enabled" } }),
      'workspace.publicNetworkAccess: "Enabled" contradicts hardened, which sets Disabled; remove one of them',
    ],
  ])("%s", async (_, change, refusal) => {
    own.change = change();
    expect(await writesOfPreview(refusal)).toEqual([]);
  });
});

test("a destroy deletes nothing of it", async () => {
  own.change = {};
  const seen = await rehearsal.armTrace(async () => {
    await expect(rehearsal.stack.destroy()).rejects.toThrow("because it is protected");
  });
  expect(writesOf(seen)).toEqual([]);
});
