import { Component } from "@pulumi/azure-native/applicationinsights/component";
import { Vault } from "@pulumi/azure-native/keyvault/vault";
import { Workspace } from "@pulumi/azure-native/machinelearningservices/workspace";
import { Subnet } from "@pulumi/azure-native/network/subnet";
import { VirtualNetwork } from "@pulumi/azure-native/network/virtualNetwork";
import { StorageAccount } from "@pulumi/azure-native/storage/storageAccount";
import { injectFaults } from "../../../driver/faults";
import { createWorkspace } from "../../../driver/heartWorkspace";
import { AUTO_NAMED, FolderTestbed, REMOTE } from "./folderTestbed";
import { InlineTestbed } from "./inlineTestbed";
import { declareAutoNamedGroup, declareGroup, declareHeart } from "./program";
import type { CommandOutcome, Testbed } from "./testbed";

/** The testbeds that cases begin in, by name; each serves 90/10. */
const TESTBEDS = {
  inline: () => InlineTestbed.start(),
  "inline, group named by Pulumi": () =>
    InlineTestbed.start(() => declareHeart({ resourceGroupName: declareAutoNamedGroup() })),
  "inline, workspace of the program": () => InlineTestbed.start(() => heartInOwnWorkspace()),
  "inline, workspace adopted": () => InlineTestbed.start(heartInSharedWorkspace, adopt),
  "inline, endpoint that failed once": () => InlineTestbed.start(declareHeart, failOnce),
  project: () => FolderTestbed.start(),
  "project, group named by Pulumi": () => FolderTestbed.start(AUTO_NAMED),
  remote: () => FolderTestbed.start(REMOTE),
} satisfies Readonly<Record<string, () => Promise<Testbed>>>;

export type TestbedName = keyof typeof TESTBEDS;

/** A component in a workspace that the program declares itself, or by id if it no longer does. */
export function heartInOwnWorkspace(workspaceId?: string): ReturnType<typeof declareHeart> {
  const resourceGroupName = declareGroup();
  const location = "westeurope";
  const storage = new StorageAccount("own", {
    resourceGroupName,
    location,
    accountName: "heartown",
    kind: "StorageV2",
    sku: { name: "Standard_LRS" },
  });
  const vault = new Vault("own", {
    resourceGroupName,
    location,
    vaultName: "heart-own",
    properties: { tenantId: TENANT, sku: { family: "A", name: "standard" }, accessPolicies: [] },
  });
  const insights = new Component("own", {
    resourceGroupName,
    location,
    resourceName: "heart-own",
    kind: "web",
    applicationType: "web",
    ingestionMode: "ApplicationInsights",
  });
  const declare = () =>
    new Workspace("own", {
      resourceGroupName,
      location,
      workspaceName: "heart-own",
      storageAccount: storage.id,
      keyVault: vault.id,
      applicationInsights: insights.id,
      identity: { type: "SystemAssigned" },
    }).id;
  return declareHeart({ resourceGroupName, workspace: { existingResourceId: workspaceId ?? declare() } });
}

/** A component in a workspace of another team, with a private endpoint of its own. */
export function heartInSharedWorkspace(
  changes: Parameters<typeof declareHeart>[0] = {},
): ReturnType<typeof declareHeart> {
  const resourceGroupName = declareGroup();
  const network = new VirtualNetwork("net", {
    resourceGroupName,
    location: "westeurope",
    virtualNetworkName: "net",
    addressSpace: { addressPrefixes: ["10.0.0.0/16"] },
  });
  const subnet = new Subnet("endpoints", {
    resourceGroupName,
    virtualNetworkName: network.name,
    subnetName: "endpoints",
    addressPrefix: "10.0.1.0/24",
  });
  const workspace = {
    existingName: "heart",
    existingResourceGroupName: "heart",
    privateEndpoints: { spoke: { subnetResourceId: subnet.id } },
  };
  // With a fixed name, a second endpoint meets what the first one left behind.
  return declareHeart({ endpointName: "heart-classifier-shared", ...changes, resourceGroupName, workspace });
}

async function adopt(testbed: InlineTestbed): Promise<CommandOutcome> {
  await createWorkspace(testbed.azure);
  await testbed.calm();
  return testbed.type("pulumi up");
}

/** The endpoint's create is reported as failed; somebody then brings up everything else. */
async function failOnce(testbed: InlineTestbed): Promise<CommandOutcome> {
  const lro = { code: "InternalServerError", message: "the create was given up" };
  await injectFaults(testbed.azure, { match: "^PUT .*/onlineEndpoints/[^/]+$", effect: { lro }, times: 1 });
  await testbed.type("pulumi up");
  return testbed.type("pulumi up --exclude urn:heart-endpoint");
}

const TENANT = "10ca1000-0000-4000-8000-000000000002";

/** Hands out testbeds; an unchanged one is reused. */
export class Testbeds {
  private open: { readonly name: TestbedName; readonly testbed: Testbed } | undefined;

  async take(name: TestbedName): Promise<Testbed> {
    if (this.open?.name === name) return this.open.testbed;
    await this.close();
    const testbed = await TESTBEDS[name]();
    this.open = { name, testbed };
    return testbed;
  }

  async close(): Promise<void> {
    const { open } = this;
    this.open = undefined;
    await open?.testbed.close();
  }
}
