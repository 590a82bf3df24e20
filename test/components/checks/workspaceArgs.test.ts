import { describe, expect, test } from "vitest";
import * as pulumi from "@pulumi/pulumi";
import { problemsWith } from "../../support/checkedArgs";

const GROUP = "/subscriptions/s/resourceGroups/rg/providers";
const WORKSPACE = `${GROUP}/Microsoft.MachineLearningServices/workspaces/mlw`;
const STORAGE = `${GROUP}/Microsoft.Storage/storageAccounts/sa`;
const REGISTRY = `${GROUP}/Microsoft.ContainerRegistry/registries/cr`;
const IDENTITY = `${GROUP}/Microsoft.ManagedIdentity/userAssignedIdentities/ml`;
const SUBNET = `${GROUP}/Microsoft.Network/virtualNetworks/net/subnets/endpoints`;
const EXISTS = "has no effect on a workspace that exists; remove it and set it where the workspace is managed";
const PATHS = { model: { name: "heart", versions: { "1": { uri: "azureml://jobs/j/outputs/o/paths/m" } } } };
const ONE = { ...PATHS, deployments: { default: { modelVersion: "1" } }, traffic: { default: 100 } };

const approved = (settings: object = {}) => ({
  managedNetwork: { isolationMode: "AllowOnlyApprovedOutbound", ...settings },
});

describe("a workspace is refused", () => {
  test.each<[string, object, readonly string[]]>([
    [
      "named twice",
      { existingName: "mlw", existingResourceId: WORKSPACE },
      ["workspace: has both existingName and existingResourceId; keep one of them"],
    ],
    [
      "adopted by id and named",
      { existingResourceId: WORKSPACE, name: "mlw" },
      ["workspace: has both existingResourceId and name; adopt a workspace or name a new one"],
    ],
    [
      "by the id of something else",
      { existingResourceId: STORAGE },
      [`workspace.existingResourceId: must be the ARM id of a workspace, got "${STORAGE.slice(0, 56)}...`],
    ],
    [
      "by id, with a group beside it",
      { existingResourceId: WORKSPACE, existingResourceGroupName: "rg" },
      ["workspace.existingResourceGroupName: has no effect, existingResourceId names the group too; remove it"],
    ],
    [
      "adopted, with settings of a new one",
      { existingName: "mlw", publicNetworkAccess: "Disabled", systemDatastoresAuthMode: "Identity", ...approved() },
      [
        `workspace.publicNetworkAccess: ${EXISTS}`,
        `workspace.systemDatastoresAuthMode: ${EXISTS}`,
        `workspace.managedNetwork: ${EXISTS}`,
      ],
    ],
    [
      "with dependencies that are none",
      { associatedStorageAccountResourceId: "sa", associatedKeyVaultResourceId: 5 },
      [
        'workspace.associatedStorageAccountResourceId: must be the ARM id of a storage account, got "sa"',
        "workspace.associatedKeyVaultResourceId: must be text, got 5",
      ],
    ],
    [
      "with two registries",
      { createContainerRegistry: true, associatedContainerRegistryResourceId: REGISTRY },
      [
        "workspace.createContainerRegistry: is true together with associatedContainerRegistryResourceId; keep one of them",
      ],
    ],
    [
      "without an identity",
      { managedIdentities: { systemAssigned: false } },
      ["workspace.managedIdentities: leaves the workspace without an identity; add one to userAssignedResourceIds"],
    ],
    [
      "that does not know which identity to act as",
      { managedIdentities: { systemAssigned: false, userAssignedResourceIds: [IDENTITY] } },
      [
        "workspace.primaryUserAssignedIdentityResourceId: is missing; without a system-assigned identity the workspace acts as this one",
      ],
    ],
    [
      "that acts as an identity that it does not have",
      { primaryUserAssignedIdentityResourceId: IDENTITY },
      [
        "workspace.primaryUserAssignedIdentityResourceId: is not in managedIdentities.userAssignedResourceIds; add it there",
      ],
    ],
    [
      "with a list of identities that is none",
      { managedIdentities: { userAssignedResourceIds: [IDENTITY, "ml"] } },
      [
        'workspace.managedIdentities.userAssignedResourceIds.1: must be the ARM id of a user-assigned identity, got "ml"',
      ],
    ],
    [
      "with an unknown way to its storage",
      { systemDatastoresAuthMode: "identity" },
      ['workspace.systemDatastoresAuthMode: must be one of AccessKey, Identity, got "identity"'],
    ],
  ])("%s", (_, workspace, lines) => {
    expect(problemsWith({ ...ONE, workspace })).toEqual(lines);
  });
});

describe("a managed network is refused", () => {
  const path = "workspace.managedNetwork";
  test.each<[string, object, readonly string[]]>([
    [
      "without a mode",
      { managedNetwork: {} },
      [`${path}.isolationMode: is missing; give one of Disabled, AllowInternetOutbound, AllowOnlyApprovedOutbound`],
    ],
    [
      "with rules for what is open anyway",
      {
        managedNetwork: {
          isolationMode: "AllowInternetOutbound",
          outboundRules: { pypi: { fqdn: "pypi.org" } },
          allowPackageSources: true,
          firewallSku: "Basic",
        },
      },
      [
        `${path}.allowPackageSources: has no effect with isolationMode "AllowInternetOutbound"; use AllowOnlyApprovedOutbound or remove it`,
        `${path}.firewallSku: has no effect with isolationMode "AllowInternetOutbound"; use AllowOnlyApprovedOutbound or remove it`,
        `${path}.outboundRules.pypi.fqdn: has no effect with isolationMode AllowInternetOutbound, which allows it; remove it`,
      ],
    ],
    [
      "with rules that are none",
      approved({
        outboundRules: {
          "-": { fqdn: "pypi.org" },
          both: { fqdn: "pypi.org", serviceTag: { serviceTag: "DataFactory" } },
          none: {},
          half: { privateEndpoint: { serviceResourceId: STORAGE } },
        },
      }),
      [
        `${path}.outboundRules.-: is not a valid name; use 1 to 80 letters, digits, dashes and underscores, a letter or digit first`,
        `${path}.outboundRules.both: needs exactly one of fqdn, serviceTag, privateEndpoint, got fqdn and serviceTag`,
        `${path}.outboundRules.none: needs exactly one of fqdn, serviceTag, privateEndpoint, got none`,
        `${path}.outboundRules.half.privateEndpoint.subresourceTarget: is missing; give it`,
      ],
    ],
  ])("%s", (_, workspace, lines) => {
    expect(problemsWith({ ...ONE, workspace })).toEqual(lines);
  });

  test("beside a deployment's own switch, which has no effect there", () => {
    const environmentId = "azureml://registries/azureml/environments/sklearn/versions/1";
    const deployments = { default: { modelVersion: "1", environmentId, egressPublicNetworkAccess: "Disabled" } };
    expect(problemsWith({ ...ONE, deployments, workspace: approved() })).toEqual([
      "deployments.default.egressPublicNetworkAccess: has no effect in a managed network, whose outbound rules decide; remove it",
    ]);
    expect(problemsWith({ ...ONE, deployments })).toEqual([]);
  });
});

test("private endpoints need a name and a subnet, in an adopted workspace too", () => {
  const privateEndpoints = {
    "hub-": { subnetResourceId: SUBNET },
    spoke: { privateDnsZoneResourceIds: ["zone"], zone: "z" },
    none: null,
  };
  const path = "workspace.privateEndpoints";
  expect(problemsWith({ ...ONE, workspace: { existingName: "mlw", privateEndpoints } })).toEqual([
    `${path}.hub-: is not a valid name; use 1 to 32 letters, digits and dashes, no dash first or last`,
    `${path}.spoke.zone: no such setting; use subnetResourceId, privateDnsZoneResourceIds, location`,
    `${path}.spoke.subnetResourceId: is missing; give the ARM id of the subnet that it is in`,
    `${path}.spoke.privateDnsZoneResourceIds.0: must be the ARM id of a private DNS zone, got "zone"`,
    `${path}.none: must be { subnetResourceId, privateDnsZoneResourceIds, location }, got null`,
  ]);
});

test("ids and names may come from other resources, and all settings together break no rule", () => {
  const some = pulumi.output("1");
  const workspace = {
    associatedStorageAccountResourceId: some,
    associatedKeyVaultResourceId: some,
    associatedApplicationInsightsResourceId: some,
    associatedContainerRegistryResourceId: some,
    imageBuildCompute: some,
    managedIdentities: { systemAssigned: false, userAssignedResourceIds: [some] },
    primaryUserAssignedIdentityResourceId: some,
    systemDatastoresAuthMode: "Identity",
    publicNetworkAccess: "Disabled",
    privateEndpoints: { hub: { subnetResourceId: some, privateDnsZoneResourceIds: [some], location: some } },
    ...approved({
      firewallSku: "Basic",
      allowPackageSources: false,
      outboundRules: {
        pypi: { fqdn: some },
        factory: { serviceTag: { serviceTag: some, protocol: some, portRanges: some } },
        store: { privateEndpoint: { serviceResourceId: some, subresourceTarget: some } },
      },
    }),
  };
  expect(problemsWith({ ...ONE, workspace })).toEqual([]);
  expect(problemsWith({ ...ONE, workspace: { existingResourceId: some } })).toEqual([]);
});

test("what decides what is declared is plain", () => {
  const reason = "must be a plain value, got an output; take it from stack config or write it in the program";
  const plain = pulumi.output({});
  const workspace = { managedNetwork: plain, privateEndpoints: plain, createContainerRegistry: plain };
  expect(problemsWith({ ...ONE, workspace, hardened: pulumi.output(true) })).toEqual([
    `workspace.createContainerRegistry: ${reason}`,
    `workspace.managedNetwork: ${reason}`,
    `workspace.privateEndpoints: ${reason}`,
    `hardened: ${reason}`,
  ]);
});
