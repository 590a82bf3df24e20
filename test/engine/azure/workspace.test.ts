import { UserAssignedIdentity } from "@pulumi/azure-native/managedidentity/userAssignedIdentity";
import { Subnet } from "@pulumi/azure-native/network/subnet";
import { VirtualNetwork } from "@pulumi/azure-native/network/virtualNetwork";
import type { TraceEntry } from "azure-mlflow-rollout-local";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ProgressiveMlflowEndpoint } from "../../../components";
import type { ProgressiveMlflowEndpointArgs, WorkspaceArgs } from "../../../components";
import { bodiesAt } from "../../support/adoptedHeart";
import { LOCATION, createWorkspace, idOf, registerModel } from "../../support/heartWorkspace";
import { textAt, valueAt } from "../../support/localAzure";
import { Rehearsal, writesOf } from "../../support/rehearsal";

const OWN = "resourceGroups/own/providers";
const INSIGHTS = "resourceGroups/heart/providers/Microsoft.Insights/components/heartinsights";
const SHARED = "resourceGroups/heart/providers/Microsoft.MachineLearningServices/registries/shared";
const MODEL = "azureml://registries/shared/models/heart-classifier/versions/1";
const TAGS = { team: "cardio" };

let rehearsal: Rehearsal;
let changes: { readonly workspace?: WorkspaceArgs } & Partial<ProgressiveMlflowEndpointArgs> = {};
let trace: readonly TraceEntry[];

/** A hardened component whose network and identity are made in the same program, and so unknown to the first preview. */
function program(): Promise<Record<string, unknown>> {
  const group = { resourceGroupName: "own", location: LOCATION };
  const addressSpace = { addressPrefixes: ["10.0.0.0/16"] };
  const network = new VirtualNetwork("net", { ...group, virtualNetworkName: "net", addressSpace });
  const subnet = new Subnet("endpoints", {
    resourceGroupName: "own",
    virtualNetworkName: network.name,
    subnetName: "endpoints",
    addressPrefix: "10.0.1.0/24",
  });
  const identity = new UserAssignedIdentity("ml", { ...group, resourceName: "mlw-identity" });
  const { workspace, ...others } = changes;
  const heart = new ProgressiveMlflowEndpoint("heart", {
    resourceGroupName: "own",
    tags: TAGS,
    hardened: true,
    workspace: {
      name: "mlw-own",
      associatedApplicationInsightsResourceId: idOf(rehearsal.azure, INSIGHTS),
      imageBuildCompute: "builder",
      managedIdentities: { userAssignedResourceIds: [identity.id] },
      primaryUserAssignedIdentityResourceId: identity.id,
      managedNetwork: {
        isolationMode: "AllowOnlyApprovedOutbound",
        firewallSku: "Basic",
        outboundRules: {
          factory: { serviceTag: { serviceTag: "DataFactory" } },
          "shared-insights": {
            privateEndpoint: { serviceResourceId: idOf(rehearsal.azure, INSIGHTS), subresourceTarget: "azuremonitor" },
          },
        },
      },
      privateEndpoints: { spoke: { subnetResourceId: subnet.id } },
      ...workspace,
    },
    model: { name: "heart-classifier", versions: { "1": { id: MODEL } } },
    deployments: { blue: { modelVersion: "1" } },
    ...others,
  });
  return Promise.resolve({ workspaceName: heart.workspaceName });
}

beforeAll(async () => {
  rehearsal = await Rehearsal.start({}, program);
  const { azure } = rehearsal;
  await createWorkspace(azure);
  const { body } = await registerModel(azure, "1", "blue");
  await azure.arm("PUT", "resourceGroups/own", { location: LOCATION });
  await azure.arm("PUT", SHARED, { location: LOCATION, identity: { type: "SystemAssigned" }, properties: {} });
  const { modelUri, modelType } = valueAt(body, "properties") as Record<string, string>;
  await azure.arm("PUT", `${SHARED}/models/heart-classifier/versions/1`, { properties: { modelUri, modelType } });
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
    const id = (path: string) => idOf(rehearsal.azure, path);
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
          subnet: { id: idOf(rehearsal.azure, `${OWN}/Microsoft.Network/virtualNetworks/net/subnets/endpoints`) },
        },
      },
    ]);
    expect(Object.keys((await rehearsal.stack.preview()).changes)).toEqual(["same"]);
  });
});

describe("at preview, without a write, it is refused", () => {
  const storage = () =>
    idOf(rehearsal.azure, "resourceGroups/heart/providers/Microsoft.Storage/storageAccounts/heartstorage");

  test.each<[string, () => typeof changes, string]>([
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
    [
      "to upload a model folder",
      () => ({
        model: {
          name: "heart-classifier",
          versions: { "1": { id: MODEL }, "2": { path: "examples/heart-classifier/models/green" } },
        },
      }),
      "model.versions.2.path: hardened switches the account keys of the storage off, and Pulumi's upload needs them",
    ],
  ])("%s", async (_, change, refusal) => {
    changes = change();
    expect(await writesOfPreview(refusal)).toEqual([]);
  });
});

test("a destroy deletes nothing of it", async () => {
  changes = {};
  const seen = await rehearsal.armTrace(async () => {
    await expect(rehearsal.stack.destroy()).rejects.toThrow("because it is protected");
  });
  expect(writesOf(seen)).toEqual([]);
});
